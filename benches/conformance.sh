#!/usr/bin/env bash
# The scope scenarios beside those of the MCP conformance suite, in one run, with the same raw client: the reference client, a process of a few
# milliseconds. Needs Node's npm for the other suite, which is installed into a scratch folder. Prints medians in milliseconds.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release -q
scopecheck="$PWD/target/release/scopecheck"
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
npm install --silent --no-audit --no-fund node@22 @modelcontextprotocol/conformance@0.1.16 >/dev/null 2>&1
node="$scratch/node_modules/node/bin/node"
suite="$scratch/node_modules/@modelcontextprotocol/conformance/dist/index.js"
rounds="${1:-11}"

ours() { "$scopecheck" client --filter "id($1)" -q --out "$scratch/out" -- "$scopecheck" reference client >/dev/null; }
together() { "$scopecheck" client --filter "$1" -q --out "$scratch/out" -- "$scopecheck" reference client >/dev/null; }
theirs() { "$node" "$suite" client --command "$scopecheck reference client" --scenario "$1" -o "$scratch/theirs" >/dev/null 2>&1 || true; }
bare() { "$node" "$suite" --version >/dev/null; }
timed() { local from to; from=$(date +%s%N); "$@"; to=$(date +%s%N); echo $(((to - from) / 10000)); }
median() { sort -n | awk '{ at[NR] = $1 } END { printf "%.1f", at[int((NR + 1) / 2)] / 100 }'; }

all=()
sum=0
printf '%-38s %10s %10s %6s\n' scenario theirs ours ratio
pairs=(
  "auth/scope-from-www-authenticate client/selection/challenge-first"
  "auth/scope-from-scopes-supported client/selection/resource-list"
  "auth/scope-omitted-when-undefined client/selection/no-scope-known"
  "auth/scope-step-up client/step-up/asks-anew"
  "auth/scope-retry-limit client/step-up/never-granted"
)
for pair in "${pairs[@]}"; do
  read -r scenario case <<<"$pair"
  all+=("id(${case})")
  : >t; : >o
  for _ in $(seq "$rounds"); do timed theirs "$scenario" >>t; timed ours "$case" >>o; done
  t=$(median <t); o=$(median <o)
  sum=$(awk -v a="$sum" -v b="$t" 'BEGIN { print a + b }')
  printf '%-38s %10s %10s %6s\n' "$scenario" "$t" "$o" "$(awk -v t="$t" -v o="$o" 'BEGIN { printf "%.1f", t / o }')"
done
# The other suite runs one scenario, or a whole suite of which these five are a part; ours runs what is selected.
filter=$(printf ' or %s' "${all[@]}")
o=$(for _ in $(seq "$rounds"); do timed together "${filter# or }"; done | median)
printf '%-38s %10s %10s %6s\n' "the five, one run of ours" "$sum" "$o" "$(awk -v t="$sum" -v o="$o" 'BEGIN { printf "%.1f", t / o }')"
for _ in $(seq "$rounds"); do timed bare; done | median | xargs printf 'of theirs, %s ms go into starting Node and loading the suite\n'

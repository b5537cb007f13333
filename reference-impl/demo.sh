#!/usr/bin/env bash
# The reference client against the reference servers, on loopback: login, call, 403, step-up, call.
# Its output stands in README.md beside this file. Ports are shown as 4000 (server) and 5000 (resource).
set -euo pipefail
cd "$(dirname "$0")/.."
scopecheck=${SCOPECHECK:-}
if [ -z "$scopecheck" ]; then
    cargo build --release --quiet --bin scopecheck
    scopecheck=${CARGO_TARGET_DIR:-target}/release/scopecheck
fi

state=$(mktemp -d)
coproc SERVE { exec "$scopecheck" serve --quiet 2>/dev/null; }
serve=$SERVE_PID
trap 'kill "$serve" 2>/dev/null || true; rm -rf "$state"' EXIT
read -r _ server <&"${SERVE[0]}"
read -r _ resource <&"${SERVE[0]}"

shown() { sed -e "s,$server,http://127.0.0.1:4000,g" -e "s,$resource,http://127.0.0.1:5000,g" -e "s,$state,STATE,g" -e 's/in [0-9]* s/in 600 s/'; }

client() {
    printf '$ scopecheck reference client --state-dir STATE %s http://127.0.0.1:5000\n' "$*"
    "$scopecheck" reference client --state-dir "$state" "$@" "$resource" 2>&1 | shown
    echo
}

client login --scope read
client call --operation read
client call --operation write
client call --operation write
client status
client logout

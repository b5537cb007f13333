#!/usr/bin/env bash
# What must not start, and what the log says: the contracts CFG-03 to CFG-05 and DCR-05 on the running server. Needs Go and curl.
set -euo pipefail
cd "$(dirname "$0")"
go build -o server/server ./server
log="$(mktemp)"
trap 'kill %1 2>/dev/null || true; rm -f "$log"' EXIT
failures=0

told() { # description, what holds: 0 or something else
  if [ "$2" = 0 ]; then echo "ok      $1"; else echo "NOT OK  $1"; failures=$((failures + 1)); fi
}

refused() { # description, supported, baseline, the text that has to be told
  local status=0
  PORT=4797 SCOPES="$2" BASELINE="$3" timeout 10 ./server/server >"$log" 2>&1 || status=$?
  # The program's own word is its last line; 2 is its exit code for a configuration that it refuses.
  [ "$status" = 2 ] && tail -n 1 "$log" | grep -qF "$4" && told "$1" 0 || { told "$1" 1; tail -n 2 "$log"; }
}

refused "a baseline beyond the supported scopes" "openid" "offline_access" '"offline_access"'
refused "the field is named" "openid" "offline_access" "baseline_client_scopes"
refused "the first offender is named, of two" "openid" "openid zeta alpha" '"zeta"'
refused "a baseline beyond the defaults, where nothing is supported by name" "" "admin" '"admin"'
refused "another case is another scope" "openid" "OpenID" '"OpenID"'

PORT=4798 SCOPES="openid offline_access" BASELINE="offline_access" ./server/server >"$log" 2>&1 &
for _ in $(seq 100); do curl -sf -o /dev/null http://127.0.0.1:4798/.well-known/oauth-authorization-server && break; sleep 0.1; done
register() { curl -s -o /dev/null http://127.0.0.1:4798/oauth/register -H 'content-type: application/json' -d "$1"; }
register '{"redirect_uris":["http://127.0.0.1:9/cb"],"token_endpoint_auth_method":"none","scope":"openid","client_name":"x\n{\"level\":\"ERROR\",\"msg\":\"forged\"}"}'
register '{"redirect_uris":["http://127.0.0.1:9/cb"],"token_endpoint_auth_method":"none","scope":"openid offline_access"}'
sleep 0.3
count() { grep -c "$1" "$log" || true; }
told "one INFO line says which baseline is in effect" "$([ "$(grep '"level":"INFO"' "$log" | grep -c baseline)" = 1 ]; echo $?)"
told "one DEBUG line for the registration that was expanded, none for the other" "$([ "$(grep '"level":"DEBUG"' "$log" | grep -ci 'baseline.*scope\|expanded')" = 1 ]; echo $?)"
told "a client_name with a line break stays in one record" "$([ "$(count forged)" -ge 1 ] && [ "$(count '^{"level":"ERROR"')" = 0 ]; echo $?)"
told "every line of the log is one JSON object" "$(grep -v '^listening' "$log" | python3 -c 'import json,sys; [json.loads(line) for line in sys.stdin]' 2>/dev/null; echo $?)"
[ "$failures" = 0 ] || { echo "$failures not as promised; the log:"; cat "$log"; exit 1; }

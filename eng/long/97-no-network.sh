#!/usr/bin/env bash
# usage: eng/long/97-no-network.sh [--bounded] SEED
# Runs all tests, or those of models and policies over HTTP, in a network namespace that has a loopback interface
# and nothing else, under strace: no process connects to another address. What nobody could reach nobody may try either.
set -euo pipefail
cd "$(dirname "$0")/../.."
bounded=false
[ "${1:-}" = --bounded ] && { bounded=true; shift; }
for program in strace unshare ip; do
  command -v "$program" >/dev/null || { echo "skipped: $program is not installed"; exit 0; }
done
# The superuser keeps all accounts in the namespace; tests need them.
namespace=(unshare --net)
[ "$(id -u)" -eq 0 ] || namespace=(unshare --net --map-root-user)
"${namespace[@]}" ip link set lo up 2>/dev/null || { echo 'skipped: no network namespaces here'; exit 0; }
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

projects=(test/*.Tests)
chosen=()
if $bounded; then
  projects=(test/Terroir.Server.Tests)
  chosen=(-- --filter-namespace Terroir.Server.Tests.Models --filter-namespace Terroir.Server.Tests.Policies)
fi
for project in "${projects[@]}"; do dotnet build "$project" -v q >&2; done
export DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 TERROIR_TESTS_WITHOUT_DNS=1

# With no address but 127.0.0.1 the resolver of names would look for 'localhost' in the DNS: it gets one of TEST-NET-1
# (RFC 5737). One trace for each project. --seccomp-bpf stops a process at nothing but a connect.
failed=0
for project in "${projects[@]}"; do
  name="$(basename "$project")"
  "${namespace[@]}" bash -c 'ip link set lo up && ip addr add 192.0.2.1/32 dev lo && exec "$@"' tests \
    strace -f -qq --seccomp-bpf -e trace=connect -e signal=none -o "$work/$name" \
    dotnet test --no-build --project "$project" "${chosen[@]}" >&2 || failed=$((failed + 1))
done

# Other families than these two reach no network.
connects="$(cat "$work"/* | grep -c 'connect(' || true)"
outside="$(cat "$work"/* | grep -E 'sa_family=AF_INET6?,' \
  | grep -v -E 'inet_addr\("127\.[0-9.]+"\)|inet_pton\(AF_INET6, "(::1|::ffff:127\.[0-9.]+)"' || true)"
[ -z "$outside" ] || printf '%s\n' "$outside" | sort | uniq -c | sort -rn | head -20
echo "$connects connects, $(printf '%s' "$outside" | grep -c . || true) outside of the loopback interface," \
  "$failed of ${#projects[@]} projects failed"
[ -z "$outside" ] && [ "$failed" -eq 0 ]

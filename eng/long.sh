#!/usr/bin/env bash
# usage: eng/long.sh [--bounded] [SEED]
# The long lane: what is too long for the tests. Runs every executable of eng/long in the order of their names, each as
# 'NAME [--bounded] SEED', prints a line for each, and ends with 'N passed, N failed'.
# --bounded is the form for each change: fifteen minutes in all; what has not ended by then has failed.
# SEED makes everything draw the same again; without one it is new each time.
set -uo pipefail
cd "$(dirname "$0")/.."
bounded=()
[ "${1:-}" = --bounded ] && { bounded=(--bounded); shift; }
seed="${1:-$(($(date +%s) % 1000000000))}"
limit=$((${#bounded[@]} > 0 ? 900 : 86400))
passed=0 failed=0
log="$(mktemp)"
trap 'rm -f "$log"' EXIT

# The analyzers look at every build of the lane before this one; here they would take longer than what is built.
export RunAnalyzers=false

printf '== the long lane, seed %s, at most %s s\n' "$seed" "$limit"
for script in eng/long/*; do
  [ -x "$script" ] || continue
  started=$SECONDS
  if timeout --kill-after=10 $((limit > SECONDS ? limit - SECONDS : 1)) "$script" "${bounded[@]}" "$seed" >"$log" 2>&1
  then
    verdict=passed passed=$((passed + 1))
  else
    verdict=FAILED failed=$((failed + 1))
    cat "$log"
  fi
  printf '%s: %s in %s s: %s\n' "$(basename "$script")" "$verdict" $((SECONDS - started)) "$(tail -n 1 "$log")"
done
printf '%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]

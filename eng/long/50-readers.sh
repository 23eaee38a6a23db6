#!/usr/bin/env bash
# usage: eng/long/50-readers.sh [--bounded] SEED
# Ranks 20 queries for four askers in 2,000 random worlds of nested groups and denials, or 300: what an asker may not
# read changes no bit. And asks 20,000 random queries, or 2,000: each is answered or refused.
set -euo pipefail
cd "$(dirname "$0")/../.."
worlds=2000 queries=20000
[ "${1:-}" = --bounded ] && { worlds=300 queries=2000; shift; }
dotnet build test/Terroir.Tests -v q >&2
run() { CsCheck_Iter="$1" dotnet test --no-build --project test/Terroir.Tests -- --filter-class "$2"; }
run "$worlds" '*NestedReadersTests'
run "$queries" '*QueryFuzzTests'

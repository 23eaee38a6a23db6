#!/usr/bin/env bash
# usage: eng/long/45-access.sh [--bounded] SEED
# Plays 10,000 histories of a hundred steps, or 500: people, groups, ends, folders and lists change, and somebody reads.
# What the directory, the lists and the bitmaps say is what a naive reading of the rules says. A failing one is made short.
set -euo pipefail
cd "$(dirname "$0")/../.."
histories=10000
[ "${1:-}" = --bounded ] && { histories=500; shift; }
dotnet build test/Terroir.Tests -v q >&2
CsCheck_Iter="$histories" dotnet test --no-build --project test/Terroir.Tests -- --filter-class '*AccessHistoryTests' >&2
echo "$((histories * 100)) steps, as the rules say"

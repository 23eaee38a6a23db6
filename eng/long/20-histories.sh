#!/usr/bin/env bash
# usage: eng/long/20-histories.sh [--bounded] SEED
# Plays 50,000 random histories of the commit protocol, or 6,000. A failing one is made short and told; its number is a
# seed too: 'dotnet run -c Release --project test/Terroir.Protocol -- replay SEED'.
set -euo pipefail
cd "$(dirname "$0")/../.."
count=50000
[ "${1:-}" = --bounded ] && { count=6000; shift; }
dotnet run -c Release --project test/Terroir.Protocol -- run "$count" "$1"

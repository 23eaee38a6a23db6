#!/usr/bin/env bash
# usage: eng/long/32-import-kills.sh [--bounded] SEED
# Kills the import of a model of some 50 MB 100 times, or 5, and compares what is there at the end with an undisturbed
# import: one model, the same bytes, nothing else.
set -euo pipefail
cd "$(dirname "$0")/../.."
kills=100
[ "${1:-}" = --bounded ] && { kills=5; shift; }
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
dotnet build test/Terroir.Crash -v q >&2
dotnet build src/Terroir.Cli -v q >&2
dotnet artifacts/bin/Terroir.Crash/debug/Terroir.Crash.dll import-kills artifacts/bin/Terroir.Cli/debug/terroir \
  "$kills" "$1" "$folder"

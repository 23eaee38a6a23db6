#!/usr/bin/env bash
# usage: eng/long/30-sync-kills.sh [--bounded] SEED
# Kills the first synchronisation of about 1,000 files 50 times, or 6, and compares the documents at the end with those
# of a site that was left alone.
set -euo pipefail
cd "$(dirname "$0")/../.."
kills=50
[ "${1:-}" = --bounded ] && { kills=6; shift; }
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
dotnet build test/Terroir.Crash -v q >&2
dotnet build src/Terroir.Cli -v q >&2
dotnet artifacts/bin/Terroir.Crash/debug/Terroir.Crash.dll sync-kills artifacts/bin/Terroir.Cli/debug/terroir \
  samples/chu-valmont/documents "$kills" "$1" "$folder"

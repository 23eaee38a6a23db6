#!/usr/bin/env bash
# usage: eng/long/34-embedding-kills.sh [--bounded] SEED
# Kills a synchronisation 100 times, or 2, while it embeds 2,400 passages with a small encoder, and compares what is
# found meanwhile and at the end with a site that was left alone.
set -euo pipefail
cd "$(dirname "$0")/../.."
kills=100
[ "${1:-}" = --bounded ] && { kills=2; shift; }
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
dotnet build test/Terroir.Crash -v q >&2
dotnet build src/Terroir.Cli -v q >&2
dotnet artifacts/bin/Terroir.Crash/debug/Terroir.Crash.dll embedding-kills artifacts/bin/Terroir.Cli/debug/terroir \
  "$kills" "$1" "$folder"

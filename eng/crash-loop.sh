#!/usr/bin/env bash
# usage: eng/crash-loop.sh [kills] [seed]   (500 kills by default)
# Kills a process that writes to a store again and again, and checks the store after each kill.
# Ends with one line of figures; the exit code is 1 if anything was lost, unreadable or left behind.
set -euo pipefail
cd "$(dirname "$0")/.."
kills="${1:-500}"; seed="${2:-1}"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
dotnet build test/Terroir.Crash -v q >&2
dotnet artifacts/bin/Terroir.Crash/debug/Terroir.Crash.dll loop "$kills" "$seed" "$folder"

#!/usr/bin/env bash
# usage: eng/long/70-recognition.sh [--bounded] SEED
# Scores the recognition of scans against what people typed; the table goes to docs/benchmarks.md. Needs ../shared/data.
# It takes minutes, so that the bounded form does nothing: tests read pages of their own at each change.
set -euo pipefail
cd "$(dirname "$0")/../.."
[ "${1:-}" != --bounded ] || { echo "skipped: in the whole lane only"; exit 0; }
[ -d ../shared/data ] || { echo "skipped: no data"; exit 0; }
dotnet run -c Release --project bench/Terroir.Extraction -- ../shared/data recognition

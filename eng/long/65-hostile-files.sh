#!/usr/bin/env bash
# usage: eng/long/65-hostile-files.sh [--bounded] SEED
# Damages files of every format with 200 seeds of its own and reads each: some 4,000 files, in both forms.
set -euo pipefail
cd "$(dirname "$0")/../.."
dotnet test --project test/Terroir.Tests -- --explicit only --filter-class "*HostileFilesTests"

#!/usr/bin/env bash
# Damages files of every format with many seeds and reads each: 4,000 files, a few minutes.
set -euo pipefail
cd "$(dirname "$0")/../.."
dotnet test --project test/Terroir.Tests -- --explicit only --filter-class "*HostileFilesTests"

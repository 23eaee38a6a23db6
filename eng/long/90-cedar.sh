#!/usr/bin/env bash
# usage: eng/long/90-cedar.sh [--bounded] SEED
# The reference implementation of the Cedar language (npm @cedar-policy/cedar-wasm) judges ours on 100,000 random
# requests (or 3,600) in random worlds: what can be read, what is valid, that formatting changes no meaning, and each
# decision with its reasons and errors. Skipped where the package cannot be installed.
set -euo pipefail
cd "$(dirname "$0")/../.."
# A tenth of the worlds is read by neither, and their requests are not judged.
requests=120000
[ "${1:-}" = --bounded ] && { requests=4000; shift; }
command -v npm >/dev/null || { echo 'skipped: npm is not installed'; exit 0; }
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
npm install --silent --ignore-scripts --no-audit --no-fund --prefix "$work" @cedar-policy/cedar-wasm@4.13.0 \
  >"$work/npm.log" 2>&1 || { echo 'skipped: @cedar-policy/cedar-wasm cannot be installed'; exit 0; }
dotnet build test/Terroir.Proofs -c Release -v q >&2
dotnet artifacts/bin/Terroir.Proofs/release/Terroir.Proofs.dll cedar "$requests" "$1" >"$work/worlds"
judge="$PWD/eng/long/cedar-judge.mjs"
(cd "$work" && node "$judge" <worlds)

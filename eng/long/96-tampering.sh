#!/usr/bin/env bash
# usage: eng/long/96-tampering.sh [--bounded] SEED
# Changes 10,000 single things of a whole site, or 350: tiles, checkpoints, receipts, keys of people, manifests, blobs
# and the metastore. Each is noticed by the checks of verify-store, or everything that the site says is as before.
set -euo pipefail
cd "$(dirname "$0")/../.."
changes=10000
[ "${1:-}" = --bounded ] && { changes=350; shift; }
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
dotnet build test/Terroir.Crash -c Release -v q >&2
dotnet artifacts/bin/Terroir.Crash/release/Terroir.Crash.dll tamper "$changes" "$1" "$folder"

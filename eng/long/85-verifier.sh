#!/usr/bin/env bash
# usage: eng/long/85-verifier.sh [--bounded] SEED
# Compiles terroir-verify to a native program, at most 15 MB with what it needs, and verifies the golden receipt with
# it, and a damaged one. Skipped where the compiler's tools are missing, and in the bounded form, as it compiles a
# minute.
set -euo pipefail
cd "$(dirname "$0")/../.."
[ "${1:-}" != --bounded ] || { echo 'skipped: it takes longer than the bounded form has'; exit 0; }
command -v clang >/dev/null || { echo 'skipped: clang is not installed (Debian package clang)'; exit 0; }
[ -f /usr/include/zlib.h ] || { echo 'skipped: zlib.h is not installed (Debian package zlib1g-dev)'; exit 0; }

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
# In a copy without lock files, since the compiler is another package on each system.
mkdir -p "$work/copy/eng" "$work/copy/src"
cp Directory.*.props Directory.*.targets .editorconfig global.json "$work/copy"
cp eng/BannedSymbols.txt "$work/copy/eng"
cp -r src/Terroir.Abstractions src/Terroir.Provenance src/Terroir.Verify "$work/copy/src"
find "$work/copy" -name packages.lock.json -delete
dotnet publish "$work/copy/src/Terroir.Verify" -c Release --use-current-runtime -p:NativeVerifier=true \
  -p:RestorePackagesWithLockFile=false -p:RestoreLockedMode=false -p:RunAnalyzers=false -o "$work/program" -v q >&2
rm -f "$work"/program/*.dbg "$work"/program/*.xml
bytes="$(du -sb "$work/program" | cut -f1)"
golden=test/golden/receipt/1
started="$(date +%s%N)"
"$work/program/terroir-verify" "$golden/receipt.json" --policy "$golden/policy" --proof "$golden/receipt.tlog-proof" \
  --openings "$golden/openings.json" --doc "$golden/text.txt"
milliseconds=$((($(date +%s%N) - started) / 1000000))
tr 1 2 <"$golden/receipt.tlog-proof" >"$work/damaged"
! "$work/program/terroir-verify" "$golden/receipt.json" --policy "$golden/policy" --proof "$work/damaged" >/dev/null
[ "$bytes" -le 15000000 ] || { echo "terroir-verify has $bytes bytes, more than 15 MB"; exit 1; }
printf 'terroir-verify has %s bytes and verified the golden receipt in %s ms\n' "$bytes" "$milliseconds"

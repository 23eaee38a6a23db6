#!/usr/bin/env bash
# usage: eng/long/80-proofs.sh [--bounded] SEED
# Others judge our proofs: Go's sumdb packages every tree up to 2,000 leaves (or 300), 10,000 random pairs (or 500) and
# 1,000 receipts (or 50) with 20 mutations each; sigstore-js the receipts. A judge that is not installed is skipped.
set -euo pipefail
cd "$(dirname "$0")/../.."
prefixes=2000 pairs=10000 receipts=1000
[ "${1:-}" = --bounded ] && { prefixes=300 pairs=500 receipts=50; shift; }
modules=/usr/share/gocode
if ! command -v go >/dev/null || [ ! -d "$modules/src/golang.org/x/mod/sumdb" ]; then
  echo 'skipped: Go is not installed (Debian packages golang-go and golang-golang-x-mod-dev)'
  exit 0
fi

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir "$work/receipts"
# Debian's packages stand in a path of Go's older kind.
export GO111MODULE=off GOPATH="$modules" GOCACHE="$work/cache" GOFLAGS=
go build -o "$work/receipt" samples/verify/receipt.go samples/verify/judge.go
dotnet build test/Terroir.Proofs -c Release -v q >&2
dotnet artifacts/bin/Terroir.Proofs/release/Terroir.Proofs.dll "$prefixes" "$pairs" "$receipts" "$1" "$work/receipts" \
  >"$work/lines"
"$work/receipt" judge <"$work/lines"
golden=test/golden/receipt/1
"$work/receipt" "$(cat $golden/site.pub)" "$(sed -n 's/^log //p' $golden/policy)" $golden/receipt.json \
  $golden/receipt.tlog-proof

# sigstore-js from the registry of npm, as the README of samples/verify says.
if command -v npm >/dev/null && npm install --silent --ignore-scripts --no-audit --no-fund --prefix "$work/js" \
  @sigstore/verify@3.0.0 @sigstore/bundle@4.0.0 >"$work/npm.log" 2>&1; then
  cp samples/verify/receipt.mjs "$work/js"
  key="$(sed -n '/^receipt /{s/^receipt \([0-9a-f]*\) .*/\1/p;q}' "$work/lines")"
  signed="$(find "$work/receipts" -name '*.json' -print0 | xargs -0 node "$work/js/receipt.mjs" "$key" \
    | grep -c ': signed$')"
  node "$work/js/receipt.mjs" "$(cat $golden/site.pub)" $golden/receipt.json
  ! node "$work/js/receipt.mjs" "$key" $golden/receipt.json >"$work/other"
  [ "$signed" -eq "$receipts" ] || { echo "sigstore-js accepted $signed of $receipts receipts"; exit 1; }
  others="sigstore-js agrees on $signed receipts"
else
  others='sigstore-js skipped: it cannot be installed'
fi
printf '%s trees, %s pairs, %s receipts: Go agrees on all; %s\n' "$prefixes" "$pairs" "$receipts" "$others"

#!/usr/bin/env bash
# usage: eng/notices.sh [--check]
# Writes THIRD-PARTY-NOTICES.md from the lock files and from the descriptions that restored packages bring.
# Fails if a licence is not in eng/licences.txt; with --check also if the page is not what it would write.
set -euo pipefail
cd "$(dirname "$0")/.."
page=THIRD-PARTY-NOTICES.md
packages="${NUGET_PACKAGES:-$HOME/.nuget/packages}"

# Lines 'NAME VERSION' of all packages in some lock files.
locked() {
  awk -F '"' '/^      "[^"]+": \{/ { name = $2 } /"resolved":/ { print name, $4 }' "$@" | LC_ALL=C sort -fu
}

# The text of an element of a description, on one line and without what would break a table.
element() { tr -d '\r\n' < "$2" | sed -n "s:.*<$1\(>\| [^>]*>\)\([^<]*\)</$1>.*:\2:p" | tr -s ' |' '  '; }

# The licence: as an expression, or read from the licence's own text.
licence() {
  local description="$1" text
  if ! grep -q '<license type="file"' "$description"; then
    element license "$description"
    return
  fi
  text="$(tr -s '\r\n\t ' ' ' < "$(dirname "$description")/$(element license "$description" | tr '\\' '/')")"
  case "$text" in
    *"Apache License"*"Version 2.0"*) echo Apache-2.0 ;;
    *"Permission is hereby granted, free of charge"*"without limitation the rights to use, copy, modify"*) echo MIT ;;
    *) echo unknown ;;
  esac
}

shipped="$(locked src/*/packages.lock.json)"
# Packages of the build that no program brings along; the SDK adds the last one.
build="$(sed -n 's/.*PackageReference Include="\([^"]*\)" PrivateAssets="all".*/\1/p' Directory.Build.targets)
Microsoft.NET.ILLink.Tasks"
refused=0
rows=""
while read -r name version; do
  folder="$packages/${name,,}/${version,,}"
  description="$folder/${name,,}.nuspec"
  [ -f "$description" ] || { echo "$name $version is not restored: run 'dotnet restore' first." >&2; exit 1; }
  kind="$(licence "$description")"
  if ! grep -qxF -- "${kind:-none}" eng/licences.txt; then
    echo "$name $version is under '${kind:-none}', which eng/licences.txt does not allow." >&2
    refused=1
  fi
  use="build and tests"
  if grep -qxF "$name $version" <<< "$shipped" && ! grep -qxF "$name" <<< "$build"; then
    use=product
  fi
  owner="$(element copyright "$description")"
  rows+="| $name | $version | $kind | $use | ${owner:-$(element authors "$description")} |"$'\n'
done < <(find . -name packages.lock.json -not -path './artifacts/*' -print0 | xargs -0 cat | locked -)
[ "$refused" -eq 0 ] || exit 1

written="# Packages in use

Terroir stands on the packages below, each under the licence of its authors. \`eng/notices.sh\` writes this page from
the lock files and the packages' own descriptions; it fails on a licence that \`eng/licences.txt\` does not allow.

| package | version | licence | used by | copyright |
|---|---|---|---|---|
${rows%$'\n'}"
if [ "${1:-}" = --check ]; then
  diff <(printf '%s\n' "$written") "$page" \
    || { echo "$page is not up to date: run 'bash eng/notices.sh' and commit it." >&2; exit 1; }
else
  printf '%s\n' "$written" > "$page"
fi

#!/usr/bin/env bash
# usage: eng/reproducible.sh
# Builds HEAD in two folders of different names and compares every assembly of ours, byte by byte.
set -euo pipefail
cd "$(dirname "$0")/.."
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export CI=true GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*'
hashes() { (cd "$1/artifacts/bin/Terroir.Cli/release" && sha256sum Terroir*.dll); }

for folder in one another/deeper; do
  git clone -q . "$work/$folder"
  # The analyzers only look on; the compiler that is compared is started anew.
  (cd "$work/$folder" && dotnet build src/Terroir.Cli -c Release -v q -nologo -p:RunAnalyzers=false)
done
hashes "$work/one" > "$work/one.sha256"
hashes "$work/another/deeper" > "$work/another.sha256"
count="$(wc -l < "$work/one.sha256")"
[ "$count" -ge 8 ] || { echo "Only $count assemblies were built." >&2; exit 1; }
diff "$work/one.sha256" "$work/another.sha256" || { echo "The two builds differ." >&2; exit 1; }
echo "$count assemblies are equal in two builds."

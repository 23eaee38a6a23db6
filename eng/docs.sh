#!/usr/bin/env bash
# Writes the page of the command's verbs from their own help. A test compares the two.
set -euo pipefail
cd "$(dirname "$0")/.."
page=docs/features/cli.md
[ -f artifacts/bin/Terroir.Cli/debug/Terroir.Cli.dll ] || dotnet build src/Terroir.Cli -v q >/dev/null
terroir() { dotnet artifacts/bin/Terroir.Cli/debug/Terroir.Cli.dll "$@"; }
verbs=("demo" "init" "source add" "source apply" "source kinds" "source list" "source pause" "source remove"
  "source resume" "source show" "source test" "sync" "duplicates" "ask" "conversation list" "conversation show" "conversation delete"
  "approval list" "approval approve" "approval refuse" "search"
  "access explain" "user add" "user list" "user disable" "user enable" "user password"
  "user remove" "group add" "group join" "group leave" "group list" "group remove" "apikey add" "apikey list"
  "apikey revoke" "session list" "session revoke" "emergency list" "emergency end" "budget show" "model import" "model list" "model show" "model remove" "model verify" "model run" "model bench" "status"
  "quality" "quality release" "retry"
  "serve" "extract" "pii generate" "pii reveal" "pii scan" "eval" "doctor" "config show" "policy check" "policy test" "policy format"
  "policy explain" "key create" "key witness" "key show" "key rotate" "key export" "key import"
  "audit" "audit prune" "lineage" "verify" "verify-store" "erase" "hold place" "hold lift" "hold list" "retention show"
  "retention apply" "subject export" "register" "breach" "egress report" "repair" "gc" "rebuild" "backup" "restore"
  "completion")
{
  sed '/^## terroir/,$d' "$page"
  for verb in "${verbs[@]}"; do
    printf '## terroir %s\n\n```\n' "$verb"
    # shellcheck disable=SC2086
    terroir $verb --help | sed -e 's/[[:space:]]*$//' | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'
    printf '```\n\n'
  done
} > "$page.new"
sed -i -e '$d' "$page.new"
mv "$page.new" "$page"

#!/usr/bin/env bash
# usage: eng/long/95-erasure.sh [--bounded] SEED
# Erases 500 subjects (or 40) from a site that answered questions about them and was backed up before, kills the erasure
# again and again on its way, and looks for what is left with grep, which is not ours: in the site, and in the old backup
# restored with the keys of after. As many bystanders must stay, and all receipts be proven.
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v python3 >/dev/null || { echo 'skipped: python3 is not installed'; exit 0; }
subjects=500
kills=20
[ "${1:-}" = --bounded ] && { subjects=40 kills=5; shift; }
seed="${1:-1}"
bystanders=$subjects
terroir() { dotnet artifacts/bin/Terroir.Cli/release/Terroir.Cli.dll "$@"; }
dotnet build src/Terroir.Cli -c Release -v q >&2
work=$(mktemp -d /tmp/terroir-erasure-XXXXXX)
trap 'rm -rf "$work"' EXIT
site=$work/site
mkdir -p "$work/files"
echo 'allow: [everyone]' >"$work/files/permissions.yaml"

# A word of each document is nowhere else: Sujet... of those who are erased, Tiers... of those who stay.
python3 - "$work/files" "$subjects" "$bystanders" "$seed" <<'PY'
import hashlib, pathlib, sys
folder, subjects, bystanders, seed = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
def token(kind, i):
    letters = hashlib.sha256(f"{seed}{kind}{i}".encode()).digest()[:10]
    return kind + "".join(chr(97 + b % 26) for b in letters)
for kind, count in (("Sujet", subjects), ("Tiers", bystanders)):
    for i in range(count):
        name = token(kind, i)
        (folder / f"{name.lower()}.md").write_text(
            f"# Compte rendu {name}\n\nLe patient {name} a été vu le {i % 28 + 1} mars. "
            f"Le traitement de {name} comprend la {token('molecule', i)} à la dose de {i + 1} milligrammes.\n")
(folder.parent / "subjects").write_text("".join(token("Sujet", i) + "\n" for i in range(subjects)))
(folder.parent / "bystanders").write_text("".join(token("Tiers", i) + "\n" for i in range(bystanders)))
PY

terroir init --data "$site" >/dev/null
terroir source add dossiers "$work/files" --data "$site" >/dev/null
terroir sync --data "$site" >/dev/null
cat >"$site/directory.yaml" <<'YAML'
groups: []
users:
  - id: nadia
    name: Nadia
YAML
for name in $(head -5 "$work/subjects") $(head -5 "$work/bystanders"); do
  terroir ask "Quel est le traitement de $name ?" --as nadia --data "$site" >/dev/null
done
cp "$site/keys/master.key" "$work/former.key"
terroir backup "$work/backup" --data "$site" >/dev/null

look() { (grep -r -a -i -l -F -f "$work/subjects" "$1" || true) | wc -l; }
echo "before: $(look "$site") files name a subject as they lie on the disk"
names=()
while read -r name; do names+=(--document "dossiers:$(echo "$name" | tr 'A-Z' 'a-z').md"); done <"$work/subjects"
# Killed at any point, the next run goes on where it stopped; the last one ends.
RANDOM=$seed
for round in $(seq "$kills"); do
  terroir erase "${names[@]}" --yes --data "$site" -o "$work/certificate.json" >/dev/null 2>&1 &
  pid=$!
  sleep "$((RANDOM % 6)).$((RANDOM % 10))"
  kill -9 "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
done
terroir erase "${names[@]}" --yes --data "$site" -o "$work/certificate.json" || terroir erase --resume --data "$site"
terroir verify "$work/certificate.json" --data "$site" | head -1
left=$(look "$site")
terroir sync --data "$site" >/dev/null
again=$(look "$site")
terroir verify-store --data "$site"
live=$(terroir status --json --data "$site" | python3 -c 'import json,sys; print(sum(c["documents"] for c in json.load(sys.stdin)["collections"]))')
proven=0
for receipt in "$site"/receipts/*.json; do
  case $receipt in *.openings.json) continue ;; esac
  terroir verify "$receipt" --data "$site" >/dev/null && proven=$((proven + 1))
done
echo "after: $left files, $again after a synchronisation; $live documents live; $proven receipts proven"

# The old backup: not with the keys of before the erasure, which the site has no more, but with those of after.
if terroir restore "$work/backup" --data "$work/old" --master-key "$site/keys/master.key" 2>/dev/null; then
  echo "the old backup opened with its own keys"; exit 1
fi
rm -rf "$work/old"
terroir restore "$work/backup" --data "$work/old" --keys "$site" --master-key "$site/keys/master.key"
back=$(terroir status --json --data "$work/old" | python3 -c 'import json,sys; print(sum(c["documents"] for c in json.load(sys.stdin)["collections"]))')
restored=$(look "$work/old")
echo "restored: $restored files name a subject; $back documents live"
test "$left" = 0 && test "$again" = 0 && test "$restored" = 0
test "$live" = "$bystanders" && test "$back" = "$bystanders" && test "$proven" = 10
echo "0 residue"

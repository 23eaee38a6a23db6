#!/usr/bin/env bash
# usage: eng/long/95-erasure.sh [--bounded] SEED
# Erases 500 subjects (or 40) from a site that answered questions about them and was backed up before, kills (or stops)
# the erasure again and again on its way, and looks for what is left with grep, which is not ours: in the site, and in
# the old backup restored with the keys of after. As many bystanders must stay, and all receipts be proven.
# The site has a small encoder. The bytes of each subject's vector (its original, its two byte codes, its key) are read
# out of the site as docs/formats has them, and looked for in every file and in every sealed object that its keys open;
# once more in a site that does not seal, as its files lie on the disk. The bounded form has no encoder: an erasure that
# rewrites vectors waits a minute for its own reading of them.
set -euo pipefail
cd "$(dirname "$0")/../.."
command -v python3 >/dev/null || { echo 'skipped: python3 is not installed'; exit 0; }
subjects=500
kills=20 signal=KILL has_vectors=true
# What a killed erasure was reading is pinned for five minutes, which the next one waits for: that is for the whole form.
[ "${1:-}" = --bounded ] && { subjects=40 kills=5 signal=TERM has_vectors=false; shift; }
seed="${1:-1}"
bystanders=$subjects
cli=artifacts/bin/Terroir.Cli/release/Terroir.Cli.dll
terroir() { dotnet "$cli" "$@"; }
crash() { dotnet artifacts/bin/Terroir.Crash/release/Terroir.Crash.dll "$@"; }
dotnet build src/Terroir.Cli -c Release -v q >&2
! $has_vectors || dotnet build test/Terroir.Crash -c Release -v q >&2
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

# "learn FILE SUBJECTS FOLDER..." reads the files of vectors in the folders, and writes what tells the rows of each
# subject; "look FILE FOLDER..." prints how many of these are in any file of the folders. The layout is that of
# docs/formats/passage-vectors.md and vectors.md.
cat >"$work/vectors.py" <<'PY'
import hashlib, math, pathlib, struct, sys
PIECE = 32

def padded(size):
    return (size + 63) // 64 * 64

def rows(data):
    assert data[4:6] == b"\x01\0", "another layout of passage vectors"
    documents, count, name = struct.unpack_from("<III", data, 8)
    at = padded(64 + 40 * documents + name + 32)
    block = data[at:]
    assert block[:6] == b"TEVB\x01\0", "another layout of vector blocks"
    dimensions, vectors = struct.unpack_from("<II", block, 8)
    assert vectors == count
    stride, codes = (dimensions + 15) // 16 * 16, (dimensions + 63) // 64 * 64
    sizes = {"originals": 4 * stride, "keys": 8, "numbers": 4, "fine": codes // 2, "coarse": codes // 2 + 16}
    starts, end = {}, len(block) - 352
    for section, size in sizes.items():
        end -= padded(size * count)
        starts[section] = end
    of_number = {}
    for row in range(count):
        part = {s: block[starts[s] + size * row:starts[s] + size * (row + 1)] for s, size in sizes.items()}
        of_number[struct.unpack("<I", part.pop("numbers"))[0]] = part
    assert sorted(of_number) == list(range(count))
    number = 0
    for document in range(documents):
        entry = data[64 + 40 * document:64 + 40 * (document + 1)]
        for ordinal in range(struct.unpack_from("<I", entry, 32)[0]):
            part = of_number[number]
            # Whether the bytes are this document's: the key is a hash of its content and id, and the norm is 1.
            key = hashlib.sha256(entry[16:32] + entry[:16] + struct.pack(">I", ordinal)).digest()[:8]
            assert part["keys"] == key[::-1], "the key of a row is another"
            values = struct.unpack_from(f"<{dimensions}f", part["originals"])
            assert abs(math.sqrt(sum(v * v for v in values)) - 1) < 1e-3, "no vector of the encoder"
            yield entry[:16], entry[:32], part
            number += 1

def files(folders):
    for folder in folders:
        for path in sorted(pathlib.Path(folder).rglob("*")):
            if path.is_file():
                yield path, path.read_bytes()

def learn(target, subjects, folders):
    ids = {}
    for name in pathlib.Path(subjects).read_text().split():
        address = f"documents\ndossiers:{name.lower()}.md"
        ids[hashlib.sha256(address.encode()).digest()[:16]] = name
    found, told = set(), set()
    for path, data in files(folders):
        if data[:4] != b"TEPV":
            continue
        for document, entry, part in rows(data):
            if document not in ids:
                continue
            found.add(document)
            told.update((entry, part["keys"], part["fine"], part["coarse"]))
            # Of an original each piece for itself: no part of it may be left.
            original = part["originals"]
            told.update(original[at:at + PIECE] for at in range(0, len(original) - PIECE + 1, PIECE))
    assert len(found) == len(ids), f"only {len(found)} of {len(ids)} subjects have vectors"
    pathlib.Path(target).write_text("".join(piece.hex() + "\n" for piece in sorted(told)))
    print(f"{len(found)} subjects with vectors, {len(told)} pieces of bytes")

def look(pieces, folders):
    left = [bytes.fromhex(line) for line in pathlib.Path(pieces).read_text().split()]
    found = set()
    for path, data in files(folders):
        here = [piece for piece in left if piece in data]
        if here:
            print(f"{len(here)} pieces of vectors in {path}", file=sys.stderr)
        found.update(here)
    print(len(found))

if sys.argv[1] == "learn":
    learn(sys.argv[2], sys.argv[3], sys.argv[4:])
else:
    look(sys.argv[2], sys.argv[3:])
PY
# What the keys of a site open is looked at beside its files.
pieces() {
  $has_vectors || { echo 0; return; }
  rm -rf "$work/opened"
  crash opened "$1" "$work/opened" >&2
  python3 "$work/vectors.py" look "$work/pieces" "$1" "$work/opened" 2>>"$work/places"
}

terroir init --data "$site" >/dev/null
if $has_vectors; then
  crash encoder "$work/made" >/dev/null
  encoder=$(terroir model import "$work/made" --json --data "$site" |
    python3 -c 'import json,sys; print(json.load(sys.stdin)["id"])')
  printf 'models:\n  encoder: %s\n' "$encoder" >>"$site/terroir.yaml"
  cp -r "$site" "$work/plain"
fi
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
if $has_vectors; then
  crash opened "$site" "$work/opened" >&2
  python3 "$work/vectors.py" learn "$work/pieces" "$work/subjects" "$work/opened"
fi
known=$(pieces "$site")
names=()
while read -r name; do names+=(--document "dossiers:$(echo "$name" | tr 'A-Z' 'a-z').md"); done <"$work/subjects"
# Ended at any point, the next run goes on where it stopped; the last one ends.
RANDOM=$seed
for round in $(seq "$kills"); do
  # Not the function: what is killed must be the process itself, and not a shell that waits for it.
  dotnet "$cli" erase "${names[@]}" --yes --data "$site" -o "$work/certificate.json" >/dev/null 2>&1 &
  pid=$!
  sleep "$((RANDOM % 6)).$((RANDOM % 10))"
  kill -s "$signal" "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
done
terroir erase "${names[@]}" --yes --data "$site" -o "$work/certificate.json" ||
  terroir erase --resume --data "$site" -o "$work/certificate.json"
terroir verify "$work/certificate.json" --data "$site" | head -1
left=$(look "$site") rows=$(pieces "$site")
terroir sync --data "$site" >/dev/null
again=$(look "$site") rows_again=$(pieces "$site")
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
# Models are in no backup.
! $has_vectors || cp -r "$site/models" "$work/old/models"
back=$(terroir status --json --data "$work/old" | python3 -c 'import json,sys; print(sum(c["documents"] for c in json.load(sys.stdin)["collections"]))')
restored=$(look "$work/old") rows_restored=$(pieces "$work/old")
echo "restored: $restored files name a subject; $back documents live"
if $has_vectors; then
  terroir sync --data "$work/old" >/dev/null
  rows_embedded=$(pieces "$work/old")
  told=$(wc -l <"$work/pieces")
  echo "vectors: $known of $told pieces before, $rows after, $rows_again after a synchronisation," \
    "$rows_restored in the old backup, $rows_embedded after its synchronisation"

  # The same without a seal: the vectors stand in the files, and in the backup.
  plain=$work/plain
  printf 'protection:\n  encryption: false\n' >>"$plain/terroir.yaml"
  terroir source add dossiers "$work/files" --data "$plain" >/dev/null
  terroir sync --data "$plain" >/dev/null
  python3 "$work/vectors.py" learn "$work/plain-pieces" "$work/subjects" "$plain/objects"
  plain_known=$(python3 "$work/vectors.py" look "$work/plain-pieces" "$plain" 2>/dev/null)
  terroir backup "$work/plain-backup" --data "$plain" >/dev/null
  terroir erase "${names[@]}" --yes --data "$plain" -o "$work/plain-certificate.json" >/dev/null
  terroir sync --data "$plain" >/dev/null
  plain_rows=$(python3 "$work/vectors.py" look "$work/plain-pieces" "$plain" 2>>"$work/places")
  terroir restore "$work/plain-backup" --data "$work/plain-old" --keys "$plain" --master-key "$plain/keys/master.key" \
    >/dev/null
  plain_restored=$(python3 "$work/vectors.py" look "$work/plain-pieces" "$work/plain-old" 2>>"$work/places")
  echo "not sealed: $plain_known pieces before, $plain_rows after, $plain_restored in the old backup"
  # What is not found before proves nothing afterwards.
  [ "$known $plain_known" = "$told $(wc -l <"$work/plain-pieces")" ] || { echo "vectors were not found before"; exit 1; }
  if [ "$rows$rows_again$rows_restored$rows_embedded$plain_rows$plain_restored" != 000000 ]; then
    cat "$work/places"; exit 1
  fi
fi
# One test: -e does not see what fails inside of "a && b".
[ "$left $again $restored $live $back $proven" = "0 0 0 $bystanders $bystanders 10" ]
echo "0 residue"

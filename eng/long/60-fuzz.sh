#!/usr/bin/env bash
# usage: eng/long/60-fuzz.sh [--bounded] SEED
# Lets afl-fuzz make up files for each reader and each parser of proofs, and looks for exceptions that escape: ten
# minutes for each format, or ten seconds for seven of them. Seeds are the files of samples/ and, where it is there, of
# ../shared/data; for proofs those of test/golden/receipt, for policies those of deploy/policies.
# Prints a line for each format; files that were found stay in the folder that the last line names.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=600
formats='md txt csv html json jsonl xml eml mbox msg rtf epub docx pptx xlsx odt ods odp pdf doc xls ppt zip tar gz 7z'
proofs='note checkpoint proof request policy tile json dsse statement receipt'
weights='safetensors gguf bin'
vocabularies='.json .model .bin .gguf'
policies='cedar cedarschema cedarentities'
[ "${1:-}" = --bounded ] && {
  seconds=10 formats='html docx pdf' proofs=statement weights=gguf vocabularies=.json policies=cedar
  shift
}
command -v afl-fuzz >/dev/null || { echo 'skipped: afl-fuzz is not installed (Debian package afl++)'; exit 0; }

work="$(mktemp -d)"
dotnet build test/Terroir.Fuzz -c Release -v q >&2
cp -r artifacts/bin/Terroir.Fuzz/release "$work/program"
dotnet artifacts/bin/Terroir.Fuzz/release/Terroir.Fuzz.dll instrument "$work/program" >&2

# The seeds of a format: small files of that name, at most 20. A format of which there is none begins with a word.
seeds() {
  mkdir -p "$work/seeds/$1"
  local folder
  for folder in samples ../shared/data/office-public ../shared/data/docs; do
    [ ! -d "$folder" ] || find "$folder" -type f -name "*.$1" -size -48k
  done | sort | head -n 20 | while read -r file; do
    cp "$file" "$work/seeds/$1/$(md5sum <"$file" | cut -c1-12)"
  done
  [ -n "$(ls -A "$work/seeds/$1")" ] || printf 'terroir' >"$work/seeds/$1/word"
}

# The seeds of a kind of proof: the golden files, and what they are made of.
proof_seeds() {
  local golden=test/golden/receipt/1 to="$work/seeds/$1"
  mkdir -p "$to"
  sed '1,/^$/d' $golden/receipt.tlog-proof >"$to/note"
  sed '/^$/,$d' "$to/note" >"$to/checkpoint"
  cp $golden/receipt.tlog-proof $golden/policy "$to"
  { printf 'old 300\n'; sed -n 3,5p $golden/receipt.tlog-proof; printf '\n'; cat "$to/note"; } >"$to/request"
  cp $golden/receipt.json "$to/receipt"
  sed 's/.*"payload":"\([^"]*\)".*/\1/' $golden/receipt.json | base64 -d >"$to/statement"
  printf '\002\000\001a\000\002bc\ntile/0/x001/234.p/17' >"$to/tile"
}

# The seeds of a format of weights: the begin of a small model, or a header with one tensor.
weight_seeds() {
  local to="$work/seeds/$1" real=../shared/data/models/stories260K/stories260K
  mkdir -p "$to"
  [ ! -f "$real.$1" ] || head -c 20000 "$real.$1" >"$to/story"
  printf 'GGUF\003\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000' >"$to/empty"
  { printf '\101\000\000\000\000\000\000\000'
    printf '%-65s' '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}'
    printf '12345678'; } >"$to/tensor"
}

# The seeds of a format of vocabularies: small ones, made by hand or real.
vocabulary_seeds() {
  local to="$work/seeds/$1" real=../shared/data/models
  mkdir -p "$to"
  printf '{"model":{"type":"BPE","vocab":{"a":0},"merges":[]}}' >"$to/small"
  case "$1" in
    .json) cp test/golden/tokenizers/{bert,camembert,mistral,qwen2}.json "$to" ;;
    .bin) [ ! -f "$real/stories260K/tok512.bin" ] || cp "$real/stories260K/tok512.bin" "$to" ;;
    .gguf) [ ! -f "$real/stories260K/stories260K.gguf" ] || head -c 12000 "$real/stories260K/stories260K.gguf" >"$to/v" ;;
    .model) printf '\012\006\012\001a\025\000\000\200\277' >"$to/piece" ;;
  esac
}

# The seeds of policies, of a schema and of entities.
policy_seeds() {
  mkdir -p "$work/seeds/$1"
  case $1 in
    cedar) cp deploy/policies/hospital/policies.cedar "$work/seeds/$1" ;;
    cedarschema) cp deploy/policies/site.cedarschema "$work/seeds/$1" ;;
    *) head -c 4000 deploy/policies/hospital/entities.json >"$work/seeds/$1/entities" ;;
  esac
  printf 'permit(principal,action,resource)when{if principal has a.b then -1<ip("::1")else [{a:1}]like"*"};' \
    >"$work/seeds/$1/words"
}

export AFL_SKIP_BIN_CHECK=1 AFL_NO_UI=1 AFL_NO_AFFINITY=1 AFL_SKIP_CPUFREQ=1 AFL_FORKSRV_INIT_TMOUT=60000
export AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 DOTNET_TieredPGO=0
total=0
mkdir "$work/found"
for format in $formats $proofs $weights $vocabularies $policies; do
  verb=read
  [[ " $proofs " != *" $format "* ]] || verb=prove
  [[ " $weights " != *" $format "* ]] || verb=weigh
  [[ " $vocabularies " != *" $format "* ]] || verb=cut
  [[ " $policies " != *" $format "* ]] || verb=policy
  case "$verb" in
    read) seeds "$format" ;;
    prove) proof_seeds "$format" ;;
    cut) vocabulary_seeds "$format" ;;
    policy) policy_seeds "$format" ;;
    *) weight_seeds "$format" ;;
  esac
  # It may end with an error of its own, such as a seed that takes too long: what it wrote tells.
  afl-fuzz -s "$1" -V "$seconds" -t 20000 -m none -i "$work/seeds/$format" -o "$work/found/$format" -- \
    dotnet "$work/program/Terroir.Fuzz.dll" "$verb" "$format" >"$work/$format.log" 2>&1 || true
  stats="$work/found/$format/default/fuzzer_stats"
  if [ ! -f "$stats" ]; then
    tail -n 20 "$work/$format.log"
    echo "$format: afl-fuzz did not run"
    exit 1
  fi
  edges="$(sed -n 's/^edges_found *: //p' "$stats")"
  runs="$(sed -n 's/^execs_done *: //p' "$stats")"
  found="$(find "$work/found/$format/default/crashes" -name 'id*' | wc -l)"
  total=$((total + found))
  printf '%s: %s files took %s branches, %s raised an exception\n' "$format" "$runs" "$edges" "$found"
done
[ "$total" -gt 0 ] || rm -rf "$work"
printf '%s files raised an exception%s\n' "$total" "$([ "$total" -eq 0 ] || printf '; they are in %s' "$work/found")"
[ "$total" -eq 0 ]

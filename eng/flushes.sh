#!/usr/bin/env bash
# Counts the flushes of the disk that answers of a server cost, and how long the answers take meanwhile, on a copy of a
# site of 'terroir demo' that has answered 900 questions before. Needs strace and curl.
set -euo pipefail
command=${1:?usage: eng/flushes.sh TERROIR.dll SITE PORT}
site=${2:?usage: eng/flushes.sh TERROIR.dll SITE PORT}
port=${3:?usage: eng/flushes.sh TERROIR.dll SITE PORT}
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
cp -r "$site" "$folder/site"

export TERROIR__Server__Url="http://127.0.0.1:$port" TERROIR__Server__Demo=true
dotnet "$command" serve --data "$folder/site" >"$folder/log" 2>&1 &
server=$!
for _ in $(seq 1 120); do
  curl -sf "$TERROIR__Server__Url/readyz" >"$folder/ready" && break
  sleep 1
done
strace -f -e trace=fsync,fdatasync -o "$folder/trace" -p "$server" 2>"$folder/strace" &

ask() {
  curl -sf -o "$folder/answer" -w '%{time_total}\n' -H 'Content-Type: application/json' \
    -H 'X-Terroir-User: nadia.benali' "$TERROIR__Server__Url/api/ask" \
    -d '{"question":"Combien de temps conserve-t-on un dossier médical ?"}'
}
flushes() { grep -ac 'sync(' "$folder/trace" || true; }

for _ in $(seq 1 900); do ask >"$folder/warm"; done
sleep 3
before=$(flushes)
for _ in $(seq 1 100); do ask; done >"$folder/times"
sleep 3
after=$(flushes)
sort -n "$folder/times" >"$folder/sorted"
echo "$((after - before)) flushes for 100 answers; median $(sed -n 50p "$folder/sorted") s, 99th $(sed -n 99p "$folder/sorted") s"

#!/usr/bin/env bash
# usage: eng/identity-goldens.sh [FOLDER]
# Makes the golden files of identity.db, FOLDER/N/identity.sql for each version N of its schema (test/golden/identity).
# The commit that brought the migration is built, its own store writes the rows, and sqlite3 of Python dumps them: what
# is in a file is what sites of that version have. A further migration needs its part of the program below. Needs the
# history, python3 and the .NET SDK; takes a minute or two.
set -euo pipefail
cd "$(dirname "$0")/.."
target=$(realpath -m "${1:-test/golden/identity}")
work=$(mktemp -d /tmp/terroir-identity-XXXXXX)
trap 'rm -rf "$work"' EXIT

mkdir "$work/fill"
cat >"$work/fill/fill.csproj" <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <DefineConstants>$(Versions)</DefineConstants>
  </PropertyGroup>
  <ItemGroup>
    <ProjectReference Include="../tree/src/Terroir.Storage.Embedded/Terroir.Storage.Embedded.csproj" />
  </ItemGroup>
</Project>
XML
cat >"$work/fill/Program.cs" <<'CS'
using System.Text;
using Terroir;
using Terroir.Storage;
using Terroir.Storage.Embedded;

var stop = CancellationToken.None;
var time = new Clock();
var until = time.Now.AddDays(30);
ContentHash HashOf(string text) => ContentHash.Of(Encoding.UTF8.GetBytes(text));
using var store = SqliteIdentityStore.Open(args[0], time);

await store.SaveAccountAsync(
    new Account("nadia.benali") { Name = "Nadia Benali", Title = "Médecin", ExternalId = "7" },
    stop);
await store.SaveAccountAsync(new Account("paul") { Origin = Account.FromScim, Name = "Paul, dit l'Ancien" }, stop);
await store.SaveGroupAsync(new AccountGroup("soins") { Name = "Soins", ExternalId = "g-1" }, stop);
time.Now += TimeSpan.FromMinutes(1);
await store.SaveAccountAsync(
    new Account("paul") { Origin = Account.FromScim, Name = "Paul, dit l'Ancien", IsActive = false },
    stop);
await store.SaveGroupAsync(
    new AccountGroup("urgences")
    {
        Members = [new GroupMember("group:soins"), new GroupMember("user:nadia.benali", until)],
    },
    stop);
await store.SetCredentialAsync(
    "nadia.benali",
    "password",
    "$argon2id$v=19$m=65536,t=3,p=1$c2VsZGV0ZXN0MDAwMQ$MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI",
    stop);
await store.SetCredentialAsync("nadia.benali", "oidc", HashOf("issuer\nsubject").Hex, stop);
await store.AddKeyAsync(
    new ApiKey("k1", HashOf("key 1"), "nadia.benali")
    {
        Scopes = ["ask", "search"],
        Collections = ["soins", "rh"],
        PushSources = ["depot"],
        Note = "le poste d'accueil",
        ExpiresAt = until,
    },
    stop);
await store.AddKeyAsync(new ApiKey("k2", HashOf("key 2"), "paul"), stop);
await store.AddSessionAsync(
    new Session(HashOf("session 1"), "nadia.benali")
    {
        Method = "oidc",
        Groups = ["soins", "urgences"],
        ExpiresAt = until,
    },
    stop);
await store.AddSessionAsync(
    new Session(HashOf("session 2"), "nadia.benali")
    {
        Method = "key",
        Key = HashOf("key 1"),
        ExpiresAt = until,
    },
    stop);
#if VERSION_2
var end = time.Now.AddHours(1);
await store.OpenEmergencyAsync(new EmergencyOpening("e1", "nadia.benali", "urgences") { EndsAt = end }, 5, stop);
await store.OpenEmergencyAsync(new EmergencyOpening("e2", "nadia.benali", "soins") { EndsAt = end }, 5, stop);
time.Now += TimeSpan.FromMinutes(1);
await store.EndEmergenciesAsync("nadia.benali", "soins", EmergencyOpening.ByPerson, stop);
await store.MarkEmergencyLoggedAsync("e2", stop);
#endif
#if VERSION_3
var day = DateOnly.FromDateTime(time.Now.UtcDateTime);
var limit = new ModelCost(100_000, 600_000);
await store.ReserveModelUseAsync("nadia.benali", day, new ModelCost(5_000, 60_000), limit, stop);
await store.SettleModelUseAsync(
    "nadia.benali", day, new ModelCost(5_000, 60_000), new ModelCost(1_234, 5_678), stop);
#endif
#if VERSION_4
var whole = new ModelCost(100, 1_000, 45_000);
await store.ReserveModelUseAsync("paul", day, whole, whole, stop);
#endif

internal sealed class Clock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
CS

version=0 versions=
for migration in src/Terroir.Storage.Embedded/Migrations/identity-*.sql; do
  version=$((version + 1)) versions="$versions%3BVERSION_$version"
  commit=$(git log --diff-filter=A --format=%H -- "$migration" | tail -n 1)
  rm -rf "$work/tree" "$work/fill/obj" "$work/fill/bin"
  mkdir "$work/tree"
  git archive "$commit" | tar -x -C "$work/tree"
  dotnet run --project "$work/fill" -p:RunAnalyzers=false "-p:Versions=$versions" -- "$work/$version.db"
  mkdir -p "$target/$version"
  python3 - "$work/$version.db" >"$target/$version/identity.sql" <<'PY'
import sqlite3, sys
for line in sqlite3.connect(sys.argv[1]).iterdump():
    print(line)
PY
  echo "$version: $commit, $(wc -c <"$target/$version/identity.sql") bytes"
done

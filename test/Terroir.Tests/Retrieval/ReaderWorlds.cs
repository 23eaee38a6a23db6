using System.Runtime.InteropServices;
using CsCheck;
using Terroir.Access;

namespace Terroir.Tests.Retrieval;

/// <summary>Worlds of documents with access lists over nested groups, and who may read them by a second, slow
/// reading of the rules.</summary>
internal static class ReaderWorlds
{
    /// <summary>How many groups the user <c>all</c> is in, nearly all of them through others.</summary>
    public const int GroupCount = 5_000;

    public static readonly string[] Users = ["none", "leaf", "some", "all"];

    private static readonly string[] Words = ["parking", "tarif", "dossier", "sang", "garde", "repas", "badge", "nuit"];

    // Group n is in group n / 3, so that a member of a group is in those above it; 'loop' groups are in one another.
    private static readonly string[] Memberships =
    [
        "user:leaf > 4999", "user:some > 1234", "user:some > 77", "user:some > loop-a", "group:loop-a > loop-b",
        "group:loop-b > loop-a",
        .. Enumerable.Range(1, GroupCount - 1).Select(group => $"group:{group} > {group / 3}"),
        .. Enumerable.Range(GroupCount / 3, GroupCount - (GroupCount / 3)).Select(group => $"user:all > {group}"),
    ];

    private static readonly ILookup<string, string> Above = Memberships
        .Select(line => line.Split(" > "))
        .ToLookup(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    private static readonly Gen<string> Principal = Gen.OneOf(
        Gen.Const(AccessList.Everyone),
        Pick(Users).Select(user => $"user:{user}"),
        Pick(["loop-a", "loop-b", "empty"]).Select(group => $"group:{group}"),
        Gen.Int[0, 30].Select(group => $"group:{group}"),
        Gen.Int[0, GroupCount - 1].Select(group => $"group:{group}"),
        Gen.Select(Gen.Int[0, 12], Gen.Int[13, 40], (one, other) => $"group:{one}&group:{other}"));

    private static readonly Gen<AccessList> Access = Gen.Select(
        Principal.Array[0, 3],
        Gen.Frequency((3, Gen.Const(Array.Empty<string>())), (1, Principal.Array[1, 2])),
        (allow, deny) => new AccessList(allow, deny));

    private static readonly Gen<string> Text =
        Pick(Words).Array[1, 9].Select(words => string.Join(' ', words));

    /// <summary>A document: its paragraphs and who may read it.</summary>
    public static Gen<WorldDocument[]> World { get; } = Gen.Select(
        Text.Array[1, 3],
        Access,
        (texts, access) => new WorldDocument(string.Join('\n', texts), access)).Array[1, 14];

    /// <summary>Twenty queries of a world.</summary>
    public static Gen<string[]> Queries { get; } =
        Pick(Words).Array[1, 4].Select(words => string.Join(' ', words)).Array[20];

    /// <summary>The askers of the site.</summary>
    public static IReadOnlyList<Asker> Askers { get; } =
        [.. Users.Select(user => SiteDirectory.Parse(DirectoryOf(user)).Find(user)!)];

    /// <summary>Whether a user may read, by following memberships from the list upwards.</summary>
    public static bool MayRead(string user, AccessList access)
    {
        var own = PrincipalsOf(user);
        return !access.Deny.Any(Meets) && access.Allow.Any(Meets);

        bool Meets(string entry) => entry.Split('&').All(own.Contains);
    }

    private static Gen<string> Pick(string[] texts) => Gen.Int[0, texts.Length - 1].Select(pick => texts[pick]);

    private static HashSet<string> PrincipalsOf(string user)
    {
        var all = new HashSet<string>(StringComparer.Ordinal) { AccessList.Everyone };
        Follow($"user:{user}");
        return all;

        void Follow(string principal)
        {
            if (all.Add(principal))
            {
                foreach (var group in Above[principal])
                {
                    Follow($"group:{group}");
                }
            }
        }
    }

    private static string DirectoryOf(string user)
    {
        var lines = new List<string> { "groups:" };
        var pairs = Memberships.Select(line => line.Split(" > "));
        foreach (var group in pairs.GroupBy(pair => pair[1], pair => pair[0], StringComparer.Ordinal))
        {
            lines.Add($"  - id: \"{group.Key}\"");
            lines.Add($"    members: [{string.Join(", ", group.Select(member => $"\"{member}\""))}]");
        }

        lines.AddRange(["users:", $"  - id: {user}", $"    name: {user}"]);
        return string.Join('\n', lines);
    }
}

/// <summary>A document of a world.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WorldDocument(string Text, AccessList Access);

using System.Security.Cryptography;
using System.Text;

namespace Terroir.Connectors.Sql;

/// <summary>The last change that was seen, of one query: <c>1 HASH VALUE</c>. Of another query it means nothing.
/// </summary>
internal static class SqlCursor
{
    private const string Version = "1";

    /// <summary>Writes it.</summary>
    /// <param name="settings">The query and its columns.</param>
    /// <param name="last">The last change, as the database writes it; <see langword="null"/> if there is none.</param>
    public static string? Write(SqlSettings settings, string? last) =>
        last is null ? null : $"{Version} {Hash(settings)} {last}";

    /// <summary>Reads it.</summary>
    /// <returns>The last change, or <see langword="null"/> if the text is not of this query.</returns>
    public static string? TryRead(SqlSettings settings, string? cursor)
    {
        var beginning = $"{Version} {Hash(settings)} ";
        return cursor?.StartsWith(beginning, StringComparison.Ordinal) is true ? cursor[beginning.Length..] : null;
    }

    private static string Hash(SqlSettings settings) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes($"{settings.Query}\n{settings.Id}\n{settings.Changed}\n{settings.Deleted}")));
}

using System.Reflection;
using Microsoft.Data.Sqlite;

namespace Terroir.Storage.Embedded;

/// <summary>Numbered plain-SQL migrations, forward only.</summary>
internal static class SqliteMigrations
{
    /// <summary>What the names of the identity store's migrations begin with; the others are the metastore's.
    /// </summary>
    private const string IdentityPrefix = "identity-";

    /// <summary>Applies what is missing.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="store">Which store it is.</param>
    /// <exception cref="StorageFailedException">The file is newer than this program, or a migration
    /// changed.</exception>
    public static int Apply(SqliteConnection connection, string store)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        transaction.Execute(
            "create table if not exists migration (name text primary key, checksum text not null) without rowid");
        var applied = transaction
            .Query("select name, checksum from migration", row => (Name: row.GetString(0), Sum: row.GetString(1)))
            .ToDictionary(row => row.Name, row => row.Sum, StringComparer.Ordinal);
        var isIdentity = string.Equals(store, SqliteIdentityStore.Name, StringComparison.Ordinal);
        var known = Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(IdentityPrefix, StringComparison.Ordinal) == isIdentity)
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (applied.Keys.Except(known, StringComparer.Ordinal).FirstOrDefault() is { } newer)
        {
            throw Refused(
                store,
                $"It has migration '{newer}', which this version of terroir does not know.",
                "Upgrade terroir.");
        }

        foreach (var name in known)
        {
            var sql = ReadSql(name);
            var checksum = ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(sql)).Hex;
            if (!applied.TryGetValue(name, out var stored))
            {
                transaction.Execute(sql);
                transaction.Execute("insert into migration values ($name, $sum)", ("$name", name), ("$sum", checksum));
            }
            else if (!string.Equals(stored, checksum, StringComparison.Ordinal))
            {
                throw Refused(
                    store,
                    $"Migration '{name}' was applied with another text.",
                    isIdentity
                        ? "Use the version that wrote it, or put a backup back."
                        : "Use the version that wrote it, or move the file away and run 'terroir rebuild'.");
            }
        }

        transaction.Commit();
        return known.Length;
    }

    private static StorageFailedException Refused(string store, string why, string advice) =>
        new(store, "open", isTransient: false, new InvalidOperationException(why), advice);

    private static string ReadSql(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}

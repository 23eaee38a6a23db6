using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Audit;
using Terroir.Provenance.Extracts;
using Terroir.Server;
using Terroir.Storage;
using Terroir.Storage.Embedded;

namespace Terroir.Cli.Commands;

/// <summary>Writes what was found in the ledger as a file that verifies on its own.</summary>
internal static class AuditExtract
{
    /// <summary>Writes an extract; only its owner may read it.</summary>
    public static async Task<int> WriteAsync(
        ParseResult parsed,
        Site site,
        LedgerQuery query,
        string path,
        CancellationToken cancellationToken)
    {
        // Who reads what happened is an event too.
        await OperatorLog.RecordAsync(site, "audit --extract", cancellationToken);
        var extracts = site.Services.GetRequiredService<LedgerExtracts>();
        var rows = await AuditSearch.FindAsync(site, query, LedgerExtract.EntriesMax + 1, cancellationToken);
        if (rows.Count > LedgerExtract.EntriesMax)
        {
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"An extract has at most {LedgerExtract.EntriesMax:N0} entries. Narrow it with --from and --to."));
            return ExitCode.Usage;
        }

        var bytes = await extracts.MakeAsync(rows, Describe(query), cancellationToken);
        DurableFile.Replace(path, bytes, DurableFile.OwnerOnly);
        CommandLine.Print(
            parsed,
            new { extract = path, entries = rows.Count },
            [
                $"{path}: entries: {rows.Count}. The file names people and documents.",
                $"Verify it with: terroir verify {path} --policy POLICY",
            ]);
        return ExitCode.Done;
    }

    private static string Describe(LedgerQuery query)
    {
        const string Time = "yyyy-MM-dd'T'HH:mm:ss'Z'";
        (string Name, string? Value)[] parts =
        [
            ("from", query.From?.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture)),
            ("to", query.To?.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture)),
            ("person", query.Actor),
            ("document", query.Subject),
            ("kind", query.Kind),
        ];
        var asked = parts.Where(part => part.Value is not null).Select(part => $"{part.Name} {part.Value}");
        return string.Join(", ", asked) is { Length: > 0 } text ? text : "everything";
    }
}

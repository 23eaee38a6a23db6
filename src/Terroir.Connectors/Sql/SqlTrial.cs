using Terroir.Connectors.Connecting;

namespace Terroir.Connectors.Sql;

/// <summary>The last steps of the trial of a query, whatever the database.</summary>
internal static class SqlTrial
{
    /// <summary>The steps, in order.</summary>
    public static IEnumerable<TrialStep> Steps(SqlSource source) =>
    [
        new("the database opens", async token =>
        {
            await source.StartAsync(token);
            return "It does, and nothing can be changed in it.";
        }),
        new("the query gives the columns", async token =>
            await source.TryAsync(token) is var count and > 0
                ? $"It does; the first {count} rows were read."
                : "It does, and gives no row."),
        new("all rows have ids and permissions", async token =>
        {
            var listing = await source.ListAsync(cursor: null, token);
            if (listing.Problems is [var first, ..])
            {
                throw new SourceFaultException(first.Message);
            }

            var rows = listing.Items.Count == 1 ? "1 row" : $"{listing.Items.Count} rows";
            if (!source.HasReaders)
            {
                return $"{rows}; without 'allow-column' the setting 'readers' says who may read.";
            }

            var closed = listing.Items.Count(item => item.Readers.Access.Allow.Count == 0);
            return closed == 0 ? $"{rows}." : $"{rows}; {closed} of them name no reader, and nobody may read those.";
        }),
    ];

    /// <summary>Opens a source, or lets go of it.</summary>
    public static async Task<SqlSource> StartedAsync(this SqlSource source, CancellationToken cancellationToken)
    {
        try
        {
            await source.StartAsync(cancellationToken);
            return source;
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }
}

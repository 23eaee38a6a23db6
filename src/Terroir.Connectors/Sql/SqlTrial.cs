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

            var closed = listing.Items.Count(item => item.Readers.Access.Allow.Count == 0);
            return closed == 0
                ? $"{listing.Items.Count} rows."
                : $"{listing.Items.Count} rows; of {closed} the columns say no reader, so that 'readers' must.";
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

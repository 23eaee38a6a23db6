using Terroir.Sources;

namespace Terroir.Connectors;

internal static class TestSettings
{
    public static SourceSettings Of(params (string Name, string Value)[] values) =>
        new("test", values.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal));

    public static async Task<List<ConnectionStep>> TryAsync(
        this IConnector connector,
        SourceSettings settings,
        IConnectorHost host)
    {
        Assert.Empty(connector.Check(settings));
        var steps = new List<ConnectionStep>();
        await foreach (var step in connector.TestAsync(settings, host, TestContext.Current.CancellationToken))
        {
            steps.Add(step);
        }

        return steps;
    }

    public static Task<ISourceConnection> OpenNowAsync(
        this IConnector connector,
        SourceSettings settings,
        IConnectorHost host)
    {
        Assert.Empty(connector.Check(settings));
        return connector.OpenAsync(settings, host, TestContext.Current.CancellationToken);
    }

    public static Task<SourceListing> ListNowAsync(this ISourceConnection connection, string? cursor = null) =>
        connection.ListAsync(cursor, TestContext.Current.CancellationToken);

    public static ValueTask<FetchedItem> FetchNowAsync(
        this ISourceConnection connection,
        ListedItem item,
        long sizeMaxBytes = 1 << 20) =>
        connection.FetchAsync(item, sizeMaxBytes, TestContext.Current.CancellationToken);
}

using Terroir.Access;
using Terroir.Ingestion.Folder;
using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Ingestion;

/// <summary>Opens a source of any kind.</summary>
internal sealed class SourceOpener(
    IEnumerable<IConnector> connectors,
    IDirectory directory,
    TimeProvider timeProvider,
    ISourceHosts? hosts = null)
{
    /// <summary>Opens a source.</summary>
    /// <exception cref="SourceUnavailableException">It cannot be reached, or its kind or settings are not known.
    /// </exception>
    public async Task<ISourceReading> OpenAsync(SourceRecord source, CancellationToken cancellationToken)
    {
        if (source.Kind is FolderConnector.KindName)
        {
            return FolderReading.Open(source, directory.FindBySid);
        }

        var connector = connectors
            .FirstOrDefault(item => string.Equals(item.Kind, source.Kind, StringComparison.Ordinal))
            ?? throw Refuse(source, $"There is no kind '{source.Kind}'. See 'terroir source kinds'.");
        var settings = SourceDeclaration.SettingsFor(connector, source);
        if (SourceDeclaration.Check(connector, source) is [var fault, ..])
        {
            throw Refuse(source, $"{fault.Name}: {fault.Problem}");
        }

        var host = hosts?.Open(source) ?? throw Refuse(source, "This program opens folders only.");
        return new ConnectedReading(
            source,
            await connector.OpenAsync(settings, host, cancellationToken),
            timeProvider);
    }

    private static SourceUnavailableException Refuse(SourceRecord source, string advice) =>
        new(source.Id, source.Location, advice, isTransient: false);
}

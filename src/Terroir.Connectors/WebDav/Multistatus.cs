using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Terroir.Connectors.WebDav;

/// <summary>What a server says of several addresses (RFC 4918, 13).</summary>
/// <param name="Resources">One for each address.</param>
/// <param name="SyncToken">Where the next report of changes begins (RFC 6578); <see langword="null"/> if none.</param>
internal sealed record Multistatus(IReadOnlyList<WebDavResource> Resources, string? SyncToken)
{
    /// <summary>The longest answer that is read, in characters: about 100,000 files in one folder.</summary>
    internal const int LengthMax = 64 << 20;

    private const int Found = 200;

    private static readonly XNamespace Dav = "DAV:";
    private static readonly XNamespace Owncloud = "http://owncloud.org/ns";

    /// <summary>Reads an answer. Document types are refused, so that nothing else is read or blown up.</summary>
    /// <exception cref="XmlException">It is no answer, or too long.</exception>
    public static async Task<Multistatus> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var reader = XmlReader.Create(stream, new XmlReaderSettings
        {
            Async = true,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = LengthMax,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        });
        await reader.MoveToContentAsync();
        if (!Is(reader, "multistatus"))
        {
            throw new XmlException("The answer is no multistatus.");
        }

        var resources = new List<WebDavResource>();
        string? token = null;
        await reader.ReadAsync();
        while (reader.NodeType != XmlNodeType.EndElement && !reader.EOF)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Is(reader, "response"))
            {
                resources.Add(Read((XElement)await XNode.ReadFromAsync(reader, cancellationToken)));
            }
            else if (Is(reader, "sync-token"))
            {
                token = ((XElement)await XNode.ReadFromAsync(reader, cancellationToken)).Value.Trim();
            }
            else
            {
                await reader.SkipAsync();
            }
        }

        return new Multistatus(resources, token);
    }

    private static bool Is(XmlReader reader, string name) => reader.NodeType == XmlNodeType.Element
        && string.Equals(reader.LocalName, name, StringComparison.Ordinal)
        && string.Equals(reader.NamespaceURI, Dav.NamespaceName, StringComparison.Ordinal);

    private static WebDavResource Read(XElement response)
    {
        var found = response.Elements(Dav + "propstat")
            .Where(part => ReadStatus(part.Element(Dav + "status")) == Found)
            .Elements(Dav + "prop")
            .Elements()
            .ToLookup(property => property.Name);
        return new WebDavResource
        {
            Href = response.Element(Dav + "href")?.Value.Trim() ?? "",
            Status = ReadStatus(response.Element(Dav + "status")) ?? Found,
            IsFolder = found[Dav + "resourcetype"].Elements(Dav + "collection").Any(),
            EntityTag = ReadText(found[Dav + "getetag"]),
            SizeBytes = long.TryParse(
                ReadText(found[Dav + "getcontentlength"]),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var size) ? size : null,
            ModifiedAt = DateTimeOffset.TryParse(
                ReadText(found[Dav + "getlastmodified"]),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time) ? time.ToUniversalTime() : null,
            FileId = ReadText(found[Owncloud + "fileid"]),
            SyncToken = ReadText(found[Dav + "sync-token"]),
        };
    }

    private static string? ReadText(IEnumerable<XElement> elements) =>
        elements.FirstOrDefault()?.Value.Trim() is { Length: > 0 } text ? text : null;

    // 'HTTP/1.1 404 Not Found'
    private static int? ReadStatus(XElement? element) =>
        element?.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var number, ..]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? status
            : null;
}

/// <summary>A file or folder of a server.</summary>
internal sealed record WebDavResource
{
    /// <summary>Its address, as the server writes it.</summary>
    public required string Href { get; init; }

    /// <summary>The HTTP status of the whole; 404 in a report of changes: it is gone.</summary>
    public required int Status { get; init; }

    /// <summary>Whether it is a folder.</summary>
    public bool IsFolder { get; init; }

    /// <summary>The entity tag, with its quotes.</summary>
    public string? EntityTag { get; init; }

    /// <summary>The size in bytes.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>Nextcloud's number, which stays when a file moves.</summary>
    public string? FileId { get; init; }

    /// <summary>Where a report of changes may begin; of folders only.</summary>
    public string? SyncToken { get; init; }
}

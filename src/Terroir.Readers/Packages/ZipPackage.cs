using System.IO.Compression;
using System.Xml.Linq;
using Terroir.Documents;

namespace Terroir.Readers.Packages;

/// <summary>A document that is a ZIP file of parts (Office Open XML, OpenDocument, EPUB). All parts together are read
/// under one budget of unpacked bytes.</summary>
internal sealed class ZipPackage : IDisposable
{
    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly UnpackBudget _budget;
    private readonly ReadLimits _limits;
    private readonly CancellationToken _cancellationToken;

    public ZipPackage(ReadOnlyMemory<byte> content, ReadLimits limits, CancellationToken cancellationToken)
    {
        _limits = limits;
        _cancellationToken = cancellationToken;
        _budget = UnpackBudget.For(content.Length, limits);
        _archive = ZipDirectory.Open(content, limits);
        foreach (var entry in _archive.Entries)
        {
            _entries.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), entry);
        }
    }

    public IEnumerable<string> Names => _entries.Keys;

    public ReadLimits Limits => _limits;

    public CancellationToken CancellationToken => _cancellationToken;

    public bool Has(string path) => _entries.ContainsKey(path);

    /// <summary>Opens a part.</summary>
    /// <returns>Its unpacked bytes, or <see langword="null"/> if there is none of this name.</returns>
    public Stream? Open(string path)
    {
        if (!_entries.TryGetValue(path, out var entry))
        {
            return null;
        }

        if (entry.IsEncrypted)
        {
            throw UnreadableException.Locked();
        }

        return _budget.Watch(entry.Open());
    }

    /// <summary>Reads a part as bytes.</summary>
    public byte[]? Bytes(string path)
    {
        using var stream = Open(path);
        if (stream is null)
        {
            return null;
        }

        using var target = new MemoryStream();
        stream.CopyTo(target);
        return target.ToArray();
    }

    /// <summary>Reads a part as an XML tree.</summary>
    /// <returns>The root, or <see langword="null"/> if there is no such part.</returns>
    public XElement? Xml(string path)
    {
        using var stream = Open(path);
        return stream is null ? null : XmlTree.Load(stream, _limits, _cancellationToken);
    }

    /// <summary>Reads a part that the document can do without.</summary>
    /// <returns>The root, or <see langword="null"/> if there is no such part or it is not XML.</returns>
    public XElement? OptionalXml(string path)
    {
        try
        {
            return Xml(path);
        }
        catch (Exception exception) when (exception is System.Xml.XmlException or InvalidDataException)
        {
            return null;
        }
    }

    public void Dispose() => _archive.Dispose();
}

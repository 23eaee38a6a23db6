using System.Globalization;
using System.Xml.Linq;
using Terroir.Documents;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Office;

/// <summary>An Office Open XML file: its parts, their relationships and its properties.</summary>
internal sealed class OfficePackage(
    ReadOnlyMemory<byte> content,
    ReadLimits limits,
    CancellationToken cancellationToken) : IDisposable
{
    private readonly ZipPackage _parts = new(content, limits, cancellationToken);

    public ZipPackage Parts => _parts;

    public ReadLimits Limits => limits;

    /// <summary>Finds the main part.</summary>
    public OfficePart Main()
    {
        var target = Relations("").Values.FirstOrDefault(relation =>
            relation.Type.EndsWith("/officeDocument", StringComparison.Ordinal))?.Target;
        return target is not null && _parts.Has(target)
            ? new OfficePart(this, target)
            : throw new UnreadableException(
                UnreadableReason.Broken,
                RemarkCode.NoMainPart);
    }

    /// <summary>Reads the relationships of a part by id.</summary>
    /// <param name="part">The part's path; empty for the file itself.</param>
    public Dictionary<string, OfficeRelation> Relations(string part)
    {
        var slash = part.LastIndexOf('/') + 1;
        var relations = new Dictionary<string, OfficeRelation>(StringComparer.Ordinal);
        foreach (var item in _parts.OptionalXml($"{part[..slash]}_rels/{part[slash..]}.rels").All("Relationship"))
        {
            var isExternal = item.Get("TargetMode") is "External";
            var target = item.Get("Target") ?? "";
            relations[item.Get("Id") ?? ""] = new OfficeRelation(
                item.Get("Type") ?? "",
                isExternal ? target : Resolve(part[..slash], target),
                isExternal);
        }

        return relations;
    }

    /// <summary>Fills in what the properties say.</summary>
    public ExtractedDocument Describe(ExtractedDocument document)
    {
        var path = Relations("").Values.FirstOrDefault(relation =>
            relation.Type.EndsWith("/core-properties", StringComparison.Ordinal))?.Target ?? "docProps/core.xml";
        var core = _parts.OptionalXml(path);
        var creator = core.Child("creator")?.Value;
        return document with
        {
            Title = Stated(core, "title"),
            Authors = [.. (creator ?? "").Split(';', StringSplitOptions.TrimEntries
                | StringSplitOptions.RemoveEmptyEntries)],
            Language = Stated(core, "language"),
            CreatedAt = Date(core, "created"),
            ModifiedAt = Date(core, "modified"),
        };
    }

    public void Dispose() => _parts.Dispose();

    private static string? Stated(XElement? core, string name) =>
        core.Child(name)?.Value.Trim() is { Length: > 0 } value ? value : null;

    private static DateTimeOffset? Date(XElement? core, string name) =>
        DateTimeOffset.TryParse(
            core.Child(name)?.Value,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var date)
            ? date
            : null;

    private static string Resolve(string folder, string target)
    {
        var parts = new List<string>();
        var path = target.StartsWith('/') ? target : folder + target;
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part is ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not "." and not "..")
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }
}

/// <summary>A relationship of a part.</summary>
/// <param name="Type">The address that names its kind.</param>
/// <param name="Target">The path of the other part, or an address outside.</param>
/// <param name="IsExternal">Whether it leads out of the file.</param>
internal sealed record OfficeRelation(string Type, string Target, bool IsExternal);

/// <summary>A part with its relationships.</summary>
internal sealed class OfficePart(OfficePackage package, string path)
{
    private Dictionary<string, OfficeRelation>? _relations;

    public OfficePackage Package => package;

    public string Path => path;

    public Dictionary<string, OfficeRelation> Relations => _relations ??= package.Relations(path);

    public XElement? Root() => package.Parts.Xml(path);

    /// <summary>Finds the part that a relationship leads to.</summary>
    public OfficePart? ById(string? id) =>
        id is not null && Relations.TryGetValue(id, out var relation) && !relation.IsExternal
            && package.Parts.Has(relation.Target)
            ? new OfficePart(package, relation.Target)
            : null;

    /// <summary>Finds the parts whose kind has this name.</summary>
    public IEnumerable<OfficePart> ByType(string name) =>
        Relations.Values
            .Where(relation => !relation.IsExternal
                && relation.Type.EndsWith("/" + name, StringComparison.Ordinal)
                && package.Parts.Has(relation.Target))
            .Select(relation => new OfficePart(package, relation.Target));

    /// <summary>Reads the first part of a kind, which the document can do without.</summary>
    public XElement? RootOf(string name) =>
        ByType(name).FirstOrDefault() is { } part ? package.Parts.OptionalXml(part.Path) : null;
}

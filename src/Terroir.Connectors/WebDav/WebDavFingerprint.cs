using System.Globalization;
using System.Net.Http.Headers;
using Terroir.Connectors.Connecting;

namespace Terroir.Connectors.WebDav;

/// <summary>What changes when a file may have changed: its entity tag, size and time.</summary>
internal static class WebDavFingerprint
{
    private const string None = "-";

    /// <summary>Writes it.</summary>
    /// <exception cref="SourceFaultException">The server tells nothing by which a change could be seen.</exception>
    public static string Of(WebDavResource resource) => resource is { EntityTag: null, ModifiedAt: null }
        ? throw new SourceFaultException(
            "The server tells neither entity tags nor times of files, so that changes could not be seen. "
            + "Let it tell 'getetag' or 'getlastmodified'.")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{Strip(resource.EntityTag) ?? None} {resource.SizeBytes ?? -1} {resource.ModifiedAt?.UtcTicks ?? 0}");

    /// <summary>Whether an answer's tag is the one of a fingerprint.</summary>
    public static bool IsSame(EntityTagHeaderValue? tag, string fingerprint) =>
        tag is not null && string.Equals(tag.Tag, TagOf(fingerprint), StringComparison.Ordinal);

    /// <summary>The tag of a fingerprint, to ask with; <see langword="null"/> if it has none.</summary>
    public static EntityTagHeaderValue? ToCondition(string fingerprint) =>
        TagOf(fingerprint) is var tag && EntityTagHeaderValue.TryParse(tag, out var parsed) ? parsed : null;

    private static string TagOf(string fingerprint) => fingerprint.Split(' ')[0];

    // A weak tag becomes a strong one of the same letters once the file is a second old.
    private static string? Strip(string? tag) =>
        tag is ['W', '/', ..] ? tag[2..].Replace(" ", "", StringComparison.Ordinal)
            : tag?.Replace(" ", "", StringComparison.Ordinal);
}

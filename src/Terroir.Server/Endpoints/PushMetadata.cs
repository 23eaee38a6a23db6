using System.Text.Json.Serialization;
using Terroir.Ingestion.Remarks;

namespace Terroir.Server.Endpoints;

/// <summary>What is said of a document that is put: the part <c>metadata</c> of the form.</summary>
/// <param name="Allow">Who may read: <c>everyone</c>, <c>user:ID</c>, <c>group:ID</c>. Required; empty for nobody.
/// </param>
/// <param name="Deny">Who may not, whatever else allows them.</param>
/// <param name="Label">The classification; up to 64 characters on one line.</param>
/// <param name="Title">The title; up to 500 characters on one line. Left out for the document's own.</param>
/// <param name="ModifiedAt">When the original was last changed. Left out for 1970.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PushMetadata(
    IReadOnlyList<string> Allow,
    IReadOnlyList<string>? Deny = null,
    string? Label = null,
    string? Title = null,
    DateTimeOffset? ModifiedAt = null)
{
    private const int LabelLengthMax = 64;
    private const int TitleLengthMax = 500;

    /// <summary>Finds what is wrong.</summary>
    /// <returns>A sentence, or <see langword="null"/>.</returns>
    internal string? FindFault() =>
        Allow is null || !Allow.Concat(Deny ?? []).All(name => name is not null && Access.Principal.IsValid(name))
            ? "'allow' and 'deny' list principals: everyone, user:ID or group:ID; 'allow' is required."
            : !IsLine(Label, LabelLengthMax) ? $"'label' has up to {LabelLengthMax} characters on one line."
            : !IsLine(Title, TitleLengthMax) ? $"'title' has up to {TitleLengthMax} characters on one line."
            : null;

    private static bool IsLine(string? text, int lengthMax) =>
        text is null || (text.Length <= lengthMax && !text.Any(char.IsControl));
}

/// <summary>What came of a document that was put.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Source">The source.</param>
/// <param name="Status"><c>indexed</c>; <c>partly</c> if a file inside it is not; <c>quarantined</c> if nothing of it
/// is.</param>
/// <param name="IsUnchanged">Whether all was so before.</param>
/// <param name="Sha256">The SHA-256 of the bytes that were put last.</param>
/// <param name="Documents">The ids by which readers find it at <c>/api/documents/{id}</c>.</param>
/// <param name="Problems">Why something of it is not indexed, and what to do.</param>
public sealed record PushResponse(
    string Id,
    string Source,
    string Status,
    bool IsUnchanged,
    string Sha256,
    IReadOnlyList<string> Documents,
    IReadOnlyList<string> Problems)
{
    internal static PushResponse From(string source, Ingestion.PushStatus status, RemarkText words) => new(
        status.Id,
        source,
        status.Quarantine.Count == 0 ? "indexed" : status.Documents.Count == 0 ? "quarantined" : "partly",
        status.IsUnchanged,
        status.Content.IsNone ? "" : status.Content.Hex,
        [.. status.Documents.Select(document => document.Value)],
        [.. status.Quarantine.Select(problem => words.Describe(problem.Advice))]);
}

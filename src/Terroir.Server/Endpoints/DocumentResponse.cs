using Terroir.Documents;
using Terroir.Ingestion.Remarks;

namespace Terroir.Server.Endpoints;

/// <summary>A document that the caller may read.</summary>
/// <param name="Id">The document.</param>
/// <param name="Version">The hash of the original bytes.</param>
/// <param name="Collection">Its collection.</param>
/// <param name="Source">The source that brought it.</param>
/// <param name="Path">Its path there.</param>
/// <param name="Title">Its title.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Language">Its main language; empty if unknown.</param>
/// <param name="Label">Its classification; may be empty.</param>
/// <param name="Authors">The authors that it states; may be empty.</param>
/// <param name="CreatedAt">When it says it was made.</param>
/// <param name="ValidFrom">The first day on which it holds, as it says itself.</param>
/// <param name="ValidUntil">The last day on which it holds, as it says itself.</param>
/// <param name="ModifiedAt">When the original was last changed.</param>
/// <param name="IngestedAt">When this version was read.</param>
/// <param name="SizeBytes">The size of the original.</param>
/// <param name="TextHash">The hash of the canonical text.</param>
/// <param name="Warnings">What the reader could not do well; may be empty.</param>
/// <param name="Text">The canonical text. Citations count its bytes in UTF-8.</param>
public sealed record DocumentResponse(
    string Id,
    string Version,
    string Collection,
    string Source,
    string Path,
    string Title,
    string MediaType,
    string Language,
    string Label,
    IReadOnlyList<string> Authors,
    DateTimeOffset? CreatedAt,
    DateOnly? ValidFrom,
    DateOnly? ValidUntil,
    DateTimeOffset ModifiedAt,
    DateTimeOffset IngestedAt,
    long SizeBytes,
    string TextHash,
    IReadOnlyList<string> Warnings,
    string Text)
{
    internal static DocumentResponse From(FoundDocument found, string text, RemarkText words)
    {
        var document = found.Version;
        return new DocumentResponse(
            document.Id.Value,
            document.Version.Hex,
            found.Collection.Value,
            document.Source,
            document.Path,
            document.Title,
            document.MediaType,
            document.Language,
            document.Label,
            document.Authors ?? [],
            document.CreatedAt,
            document.ValidFrom,
            document.ValidUntil,
            document.ModifiedAt,
            document.IngestedAt,
            document.SizeBytes,
            document.Text.Hash.Hex,
            [.. Remark.FromEach(document.Warnings).Select(words.Describe)],
            text);
    }
}

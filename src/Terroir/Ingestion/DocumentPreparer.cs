using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Ingestion.Text;
using Terroir.Kinship;

namespace Terroir.Ingestion;

/// <summary>Turns what a reader found into a document that can be published.</summary>
public static class DocumentPreparer
{
    // Where neither the text nor the file tells.
    private const string SiteLanguage = "fr";

    /// <summary>At most so many authors are kept.</summary>
    internal const int AuthorCountMax = 16;

    /// <summary>A longer name is no author's.</summary>
    internal const int AuthorLengthMax = 200;

    /// <summary>Renders the canonical text alone.</summary>
    /// <param name="document">What a reader found.</param>
    /// <returns>Markdown, UTF-8 in form NFC.</returns>
    public static ReadOnlyMemory<byte> Render(ExtractedDocument document) => CanonicalText.From(document.Blocks).Bytes;

    /// <summary>Prepares a document.</summary>
    /// <param name="file">Where it comes from, and who may read it.</param>
    /// <param name="document">What a reader found; it has a block with text.</param>
    /// <param name="original">The original bytes.</param>
    /// <returns>The document, or <see langword="null"/> if it has no text.</returns>
    public static PreparedDocument? Prepare(
        SourceFile file,
        ExtractedDocument document,
        ReadOnlyMemory<byte> original)
    {
        var text = CanonicalText.From(document.Blocks);
        var title = TitleOf(file, document);
        var languages = BlockLanguages.Of(title, text, document.Language, SiteLanguage);
        var passages = PassageSplitter.Split(text, languages);
        if (passages.Count == 0)
        {
            return null;
        }

        var validity = ValidityRules.Read(title, text, languages);
        return new PreparedDocument
        {
            Id = DocumentId.For(file.Collection, $"{file.Source}:{file.Path}"),
            Source = file.Source,
            Path = file.Path,
            Title = title,
            MediaType = document.MediaType,
            Language = languages.Main,
            ModifiedAt = document.ModifiedAt ?? file.ModifiedAt,
            Authors = AuthorsOf(document),
            CreatedAt = document.CreatedAt,
            ValidFrom = validity.From,
            ValidUntil = validity.Until,
            Replaces = ReplacementRules.Read(text),
            ReplacedBy = ReplacementRules.ReadSuccessors(text),
            Label = file.Label,
            Access = file.Access,
            Original = original,
            Text = text.Bytes,
            Passages = passages,
            Warnings = [.. document.Warnings.Select(remark => Remark.ToJson([remark]))],
            Fingerprint = TextSketch.Of(text.Bytes),
        };
    }

    /// <summary>The title of a document that states none.</summary>
    internal static string TitleFromName(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var title = Path.GetFileNameWithoutExtension(name).Replace('-', ' ').Replace('_', ' ').Trim();
        return title.Length > 0 ? title : name;
    }

    private static string[]? AuthorsOf(ExtractedDocument document)
    {
        var authors = document.Authors
            .Select(author => author.ReplaceLineEndings(" ").Trim())
            .Where(author => author.Length is > 0 and <= AuthorLengthMax)
            .Distinct(StringComparer.Ordinal)
            .Take(AuthorCountMax)
            .ToArray();
        return authors.Length > 0 ? authors : null;
    }

    private static string TitleOf(SourceFile file, ExtractedDocument document)
    {
        var title = file.Title ?? document.Title ?? document.Blocks.OfType<HeadingBlock>().FirstOrDefault()?.Text;
        return string.IsNullOrWhiteSpace(title)
            ? TitleFromName(file.Path)
            : title.ReplaceLineEndings(" ").Trim();
    }
}

/// <summary>A file of a source.</summary>
/// <param name="Collection">The collection that its source feeds.</param>
/// <param name="Source">The source.</param>
/// <param name="Path">The path; see <see cref="Storage.DocumentVersion.Path"/>.</param>
/// <param name="ModifiedAt">When it was last changed.</param>
/// <param name="Access">Who may read it.</param>
/// <param name="Label">Its classification; empty if none.</param>
public sealed record SourceFile(
    CollectionId Collection,
    string Source,
    string Path,
    DateTimeOffset ModifiedAt,
    AccessList Access,
    string Label)
{
    /// <summary>The title that the source knows, or <see langword="null"/>.</summary>
    public string? Title { get; init; }
}

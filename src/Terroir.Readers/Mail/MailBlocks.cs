using Terroir.Documents;

namespace Terroir.Readers.Mail;

/// <summary>The head of a mail as blocks.</summary>
internal static class MailBlocks
{
    public static IEnumerable<Block> Head(string? subject, string from, string to, string date)
    {
        yield return new HeadingBlock(1, subject ?? "", SourcePlace.Whole);
        yield return new ParagraphBlock($"De : {from}\nÀ : {to}\nDate : {date}", SourcePlace.Whole);
    }

    /// <summary>Names an embedded file so that no two have one name.</summary>
    public static string NameFor(string? stated, IReadOnlyCollection<EmbeddedFile> files, string extension = "bin")
    {
        var name = EmbeddedPath.Clean(stated ?? "") ?? $"{files.Count + 1}.{extension}";
        return files.Any(file => string.Equals(file.Path, name, StringComparison.Ordinal))
            ? $"{files.Count + 1}-{name}"
            : name;
    }
}

using Terroir.Documents;

namespace Terroir.Readers.Mail;

/// <summary>The head of a mail as blocks.</summary>
internal static class MailBlocks
{
    /// <summary>Subject, then people and date; what is not known has no line.</summary>
    public static IEnumerable<Block> Head(string? subject, string from, string to, string date)
    {
        yield return new HeadingBlock(1, subject ?? "", SourcePlace.Whole);
        var lines = new[] { ("De", from), ("À", to), ("Date", date) }
            .Where(line => line.Item2.Length > 0)
            .Select(line => $"{line.Item1} : {line.Item2}");
        yield return new ParagraphBlock(string.Join('\n', lines), SourcePlace.Whole);
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

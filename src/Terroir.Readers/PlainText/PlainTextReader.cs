using Terroir.Documents;

namespace Terroir.Readers.PlainText;

/// <summary>Plain text: paragraphs between blank lines.</summary>
internal sealed class PlainTextReader : FormatReader
{
    public override string Name => "text";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken) => new()
        {
            MediaType = "text/plain",
            Reader = Name,
            Blocks = Paragraphs(TextDecoder.Decode(content.Span)),
        };

    internal static IReadOnlyList<Block> Paragraphs(string text)
    {
        var blocks = new List<Block>();
        var lines = new List<string>();
        var first = 1;
        var number = 0;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Append(""))
        {
            number++;
            if (line.Trim().Length > 0)
            {
                first = lines.Count == 0 ? number : first;
                lines.Add(line.Trim());
                continue;
            }

            if (lines.Count > 0)
            {
                blocks.Add(new ParagraphBlock(string.Join('\n', lines), new SourcePlace { Line = first }));
                lines.Clear();
            }
        }

        return blocks;
    }
}

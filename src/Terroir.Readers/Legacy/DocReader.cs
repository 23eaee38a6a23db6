using Terroir.Documents;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Legacy;

/// <summary>Word documents of 1997 to 2003: text, headings, list items, tables and links, from the pieces of the file.
/// </summary>
internal sealed class DocReader : FormatReader
{
    public override string Name => "doc";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        var file = new CompoundFile(content);
        var main = file.Find("WordDocument") ?? throw new InvalidDataException("There is no text stream.");
        var word = new DocFile(file.Read(main), table => file.Find(table) is { } entry
            ? file.Read(entry)
            : throw new InvalidDataException("There is no table stream."));
        var blocks = new DocBlocks(word, limits, cancellationToken).Read();
        return CompoundProperties.Describe(file, new ExtractedDocument
        {
            MediaType = "application/msword",
            Reader = Name,
            Blocks = blocks,
            Warnings = [new Remark(RemarkCode.OldWord)],
        });
    }
}

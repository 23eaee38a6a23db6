using Terroir.Documents;

namespace Terroir.Readers.Mail;

/// <summary>A mailbox file: each mail is an embedded file.</summary>
internal sealed class MboxReader : FormatReader
{
    private const byte LineFeed = (byte)'\n';

    public override string Name => "mbox";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        var files = new List<EmbeddedFile>();
        var start = NextLine(content.Span, 0);
        var at = start;
        var isAfterEmpty = false;
        while (at <= content.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isEnd = at >= content.Length;
            if (isEnd || (isAfterEmpty && content.Span[at..].StartsWith("From "u8)))
            {
                files.Add(new EmbeddedFile($"{files.Count + 1:00000}.eml", Unquote(content[start..at])));
                if (files.Count > limits.EntryCountMax)
                {
                    throw new UnreadableException(
                        UnreadableReason.TooLarge,
                        RemarkCode.TooManyMails,
                        limits.EntryCountMax);
                }

                start = NextLine(content.Span, at);
                at = start;
                isAfterEmpty = false;
                if (isEnd || start >= content.Length)
                {
                    break;
                }

                continue;
            }

            var next = NextLine(content.Span, at);
            isAfterEmpty = content.Span[at..next].Trim("\r\n"u8).IsEmpty;
            at = next;
        }

        return new ExtractedDocument { MediaType = "application/mbox", Reader = Name, Blocks = [], Embedded = files };
    }

    private static int NextLine(ReadOnlySpan<byte> content, int at)
    {
        var feed = content[at..].IndexOf(LineFeed);
        return feed < 0 ? content.Length : at + feed + 1;
    }

    // A line of the text that began with "From " was written with a mark before it.
    private static byte[] Unquote(ReadOnlyMemory<byte> mail)
    {
        var bytes = mail.Span;
        if (bytes.IndexOf("\n>From "u8) < 0)
        {
            return mail.ToArray();
        }

        using var target = new MemoryStream(bytes.Length);
        for (var at = 0; at < bytes.Length;)
        {
            var next = NextLine(bytes, at);
            var line = bytes[at..next];
            target.Write(line.StartsWith(">From "u8) ? line[1..] : line);
            at = next;
        }

        return target.ToArray();
    }
}

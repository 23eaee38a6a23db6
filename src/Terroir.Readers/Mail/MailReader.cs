using System.Globalization;
using MimeKit;
using Terroir.Documents;
using Terroir.Readers.PlainText;
using Terroir.Readers.Web;

namespace Terroir.Readers.Mail;

/// <summary>A mail: subject, people, body; attachments are embedded files.</summary>
internal sealed class MailReader : FormatReader
{
    public override string Name => "mail";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        using var stream = ContentStream.Open(content);
        var message = MimeMessage.Load(stream, cancellationToken);
        var date = message.Date.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var body = message.TextBody is { } text
            ? PlainTextReader.Paragraphs(text)
            : message.HtmlBody is { } html ? HtmlReader.ReadFragment(html, limits, cancellationToken) : [];
        return new ExtractedDocument
        {
            MediaType = "message/rfc822",
            Reader = Name,
            Title = message.Subject,
            Authors = [.. message.From.Mailboxes.Select(mailbox => mailbox.Name ?? mailbox.Address)],
            ModifiedAt = message.Date == DateTimeOffset.MinValue ? null : message.Date,
            Blocks =
            [
                new HeadingBlock(1, message.Subject ?? "", SourcePlace.Whole),
                new ParagraphBlock($"De : {message.From}\nÀ : {message.To}\nDate : {date}", SourcePlace.Whole),
                .. body,
            ],
            Embedded = Attachments(message, limits, cancellationToken),
        };
    }

    private static EmbeddedFile[] Attachments(
        MimeMessage message,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        var files = new List<EmbeddedFile>();
        foreach (var part in message.Attachments.OfType<MimePart>().Take(limits.EntryCountMax))
        {
            using var bytes = new MemoryStream();
            part.Content?.DecodeTo(bytes, cancellationToken);
            var name = EmbeddedPath.Clean(part.FileName ?? $"{files.Count + 1}.bin") ?? $"{files.Count + 1}.bin";
            var isTaken = files.Exists(file => string.Equals(file.Path, name, StringComparison.Ordinal));
            files.Add(new EmbeddedFile(isTaken ? $"{files.Count + 1}-{name}" : name, bytes.ToArray()));
        }

        return [.. files];
    }
}

using System.Globalization;
using MimeKit;
using MimeKit.Cryptography;
using Terroir.Documents;
using Terroir.Readers.Packages;
using Terroir.Readers.PlainText;
using Terroir.Readers.Web;

namespace Terroir.Readers.Mail;

/// <summary>A mail: subject, people, body; attachments and mails inside are embedded files.</summary>
internal sealed class MailReader : FormatReader
{
    public override string Name => "mail";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        using var stream = ContentStream.Open(content);
        var options = ParserOptions.Default.Clone();
        options.MaxMimeDepth = Math.Min(options.MaxMimeDepth, limits.NestingMax);
        using var message = MimeMessage.Load(options, stream, cancellationToken);
        if (message.Body is MultipartEncrypted
            or ApplicationPkcs7Mime { SecureMimeType: SecureMimeType.EnvelopedData })
        {
            throw new UnreadableException(
                UnreadableReason.Encrypted,
                RemarkCode.MailEncrypted);
        }

        var date = message.Date == DateTimeOffset.MinValue
            ? ""
            : message.Date.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var body = message.TextBody is { } text && text.Trim().Length > 0
            ? PlainTextReader.Paragraphs(text)
            : message.HtmlBody is { } html ? HtmlReader.ReadFragment(html, limits, cancellationToken) : [];
        return new ExtractedDocument
        {
            MediaType = "message/rfc822",
            Reader = Name,
            Title = message.Subject,
            Authors = [.. message.From.Mailboxes.Select(mailbox => mailbox.Name ?? mailbox.Address)],
            ModifiedAt = message.Date == DateTimeOffset.MinValue ? null : message.Date,
            Blocks = [.. MailBlocks.Head(message.Subject, $"{message.From}", $"{message.To}", date), .. body],
            Embedded = Attachments(message, content.Length, limits, cancellationToken),
        };
    }

    private static List<EmbeddedFile> Attachments(
        MimeMessage message,
        int length,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        var files = new List<EmbeddedFile>();
        var budget = UnpackBudget.For(length, limits);
        foreach (var part in message.Attachments.Take(limits.EntryCountMax))
        {
            using var bytes = new MemoryStream();
            if (part is MessagePart { Message: { } inner })
            {
                inner.WriteTo(bytes, cancellationToken);
                files.Add(new EmbeddedFile(MailBlocks.NameFor(null, files, "eml"), bytes.ToArray()));
            }
            else if (part is MimePart { Content: { } encoded } file)
            {
                encoded.DecodeTo(bytes, cancellationToken);
                files.Add(new EmbeddedFile(MailBlocks.NameFor(file.FileName, files), bytes.ToArray()));
            }

            budget.Take(bytes.Length);
        }

        return files;
    }
}

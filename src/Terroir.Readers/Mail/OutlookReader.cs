using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Terroir.Documents;
using Terroir.Readers.Packages;
using Terroir.Readers.PlainText;
using Terroir.Readers.Web;

namespace Terroir.Readers.Mail;

/// <summary>A mail of Outlook ([MS-OXMSG]): subject, people, body; attachments are embedded files.</summary>
internal sealed class OutlookReader : FormatReader
{
    private const int Subject = 0x0037;
    private const int SenderName = 0x0C1A;
    private const int SenderAddress = 0x5D01;
    private const int SenderEmail = 0x0C1F;
    private const int DisplayTo = 0x0E04;
    private const int Body = 0x1000;
    private const int Html = 0x1013;
    private const int CompressedRtf = 0x1009;
    private const int AttachedData = 0x3701;
    private const int AttachedName = 0x3707;
    private const int AttachedShortName = 0x3704;
    private const uint SubmitTime = 0x00390040;
    private const uint DeliveryTime = 0x0E060040;

    public override string Name => "msg";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        var file = new CompoundFile(content);
        var message = new Storage(file, file.Entries[0]);
        var subject = message.Text(Subject);
        var sender = message.Text(SenderName) ?? message.Text(SenderAddress) ?? message.Text(SenderEmail) ?? "";
        var date = message.Date(SubmitTime) ?? message.Date(DeliveryTime);
        var body = BodyOf(message, limits, cancellationToken);
        var files = new List<EmbeddedFile>();
        var innerCount = 0;
        foreach (var entry in file.Children(file.Entries[0])
            .Where(entry => entry.Name.StartsWith("__attach_version1.0_", StringComparison.OrdinalIgnoreCase))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal).Take(limits.EntryCountMax))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var attachment = new Storage(file, entry);
            if (attachment.Bytes(AttachedData) is { } bytes)
            {
                var name = attachment.Text(AttachedName) ?? attachment.Text(AttachedShortName);
                files.Add(new EmbeddedFile(MailBlocks.NameFor(name, files), bytes));
            }
            else
            {
                innerCount++;
            }
        }

        return new ExtractedDocument
        {
            MediaType = "application/vnd.ms-outlook",
            Reader = Name,
            Title = subject,
            Authors = sender.Length == 0 ? [] : [sender],
            ModifiedAt = date,
            Blocks =
            [
                .. MailBlocks.Head(
                    subject,
                    sender,
                    message.Text(DisplayTo) ?? "",
                    date?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? ""),
                .. body ?? [],
            ],
            Embedded = files,
            Warnings =
            [
                .. body is null && message.Bytes(CompressedRtf) is not null
                    ? [new Remark(RemarkCode.MailBodyUnread)]
                    : Array.Empty<Remark>(),
                .. Counted.Of(RemarkCode.InnerMailsUnread, innerCount),
            ],
        };
    }

    private static IReadOnlyList<Block>? BodyOf(
        Storage message,
        ReadLimits limits,
        CancellationToken cancellationToken) =>
        message.Text(Body) is { } text && text.Trim().Length > 0 ? PlainTextReader.Paragraphs(text)
            : message.Bytes(Html) is { } html
                ? HtmlReader.ReadFragment(TextDecoder.DecodeMarkup(html), limits, cancellationToken)
                : message.Text(Html) is { } markup
                    ? HtmlReader.ReadFragment(markup, limits, cancellationToken)
                    : null;

    /// <summary>A message or an attachment: its properties are streams named by tag and type.</summary>
    private sealed class Storage
    {
        private const int FixedLength = 16;

        private readonly CompoundFile _file;
        private readonly Dictionary<string, CompoundEntry> _entries = new(StringComparer.OrdinalIgnoreCase);

        public Storage(CompoundFile file, CompoundEntry storage)
        {
            _file = file;
            foreach (var entry in file.Children(storage))
            {
                _entries.TryAdd(entry.Name, entry);
            }
        }

        public string? Text(int tag)
        {
            if (Find(tag, "001F") is { } wide)
            {
                return Encoding.Unicode.GetString(_file.Read(wide)).TrimEnd('\0');
            }

            return Find(tag, "001E") is { } narrow ? TextDecoder.Decode(_file.Read(narrow)).TrimEnd('\0') : null;
        }

        public byte[]? Bytes(int tag) => Find(tag, "0102") is { } entry ? _file.Read(entry) : null;

        public DateTimeOffset? Date(uint property)
        {
            if (!_entries.TryGetValue("__properties_version1.0", out var entry))
            {
                return null;
            }

            // The head is 32 bytes for a message, less for others; the entries of 16 bytes end the stream.
            var bytes = _file.Read(entry);
            for (var at = bytes.Length % FixedLength; at + FixedLength <= bytes.Length; at += FixedLength)
            {
                if (BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)) == property)
                {
                    var ticks = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at + 8));
                    return ticks > 0 && ticks < DateTime.MaxValue.ToFileTimeUtc()
                        ? DateTimeOffset.FromFileTime(ticks).ToUniversalTime()
                        : null;
                }
            }

            return null;
        }

        private CompoundEntry? Find(int tag, string type) =>
            _entries.GetValueOrDefault($"__substg1.0_{tag:X4}{type}") is { IsStorage: false } entry ? entry : null;
    }
}

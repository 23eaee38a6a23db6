using Terroir.Documents;
using Terroir.Readers.Archives;
using Terroir.Readers.Books;
using Terroir.Readers.Data;
using Terroir.Readers.Legacy;
using Terroir.Readers.Mail;
using Terroir.Readers.Office;
using Terroir.Readers.OpenDocument;
using Terroir.Readers.Pdf;
using Terroir.Readers.PlainText;
using Terroir.Readers.Web;

namespace Terroir.Readers;

/// <summary>Reads every format that has a reader: recognises it, applies the limits, and turns faults into reasons.
/// </summary>
public sealed class FormatReaders : IDocumentReader
{
    private readonly Dictionary<FileFormat, FormatReader> _readers;

    private readonly Func<string, Task>? _onStart;

    /// <summary>Makes the readers.</summary>
    /// <param name="onStart">Told the name of the reader before it begins with a file.</param>
    public FormatReaders(Func<string, Task>? onStart = null)
    {
        _onStart = onStart;
        _readers = Create();
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOutcome> ReadAsync(
        ReadOnlyMemory<byte> content,
        string fileName,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (Refuse(content, limits) is { } refusal)
        {
            return refusal;
        }

        var format = FormatDetector.Detect(content, fileName, limits);
        var promised = FormatDetector.Promised(fileName);
        if (!_readers.TryGetValue(format, out var reader))
        {
            return RefusalOf(format, promised);
        }

        if (_onStart is not null)
        {
            await _onStart(reader.Name);
        }

        var outcome = await ReadWithinTimeAsync(reader, content, limits, cancellationToken);
        return outcome is Extracted { Document: var document } && promised.Count > 0 && !promised.Contains(format)
            ? new Extracted(document with
            {
                Warnings =
                [
                    .. document.Warnings,
                    new Remark(RemarkCode.NameAndContentDiffer, Path.GetExtension(fileName), reader.Name),
                ],
            })
            : outcome;
    }

    /// <summary>Refuses a file by its size alone.</summary>
    internal static Unreadable? Refuse(ReadOnlyMemory<byte> content, ReadLimits limits)
    {
        if (content.Length > limits.SizeMaxBytes)
        {
            return new Unreadable(
                UnreadableReason.TooLarge,
                "none",
                new Remark(RemarkCode.FileTooLarge, $"{limits.SizeMaxBytes >> 20}"));
        }

        return content.IsEmpty
            ? new Unreadable(UnreadableReason.Empty, "none", new Remark(RemarkCode.EmptyFile))
            : null;
    }

    private static Dictionary<FileFormat, FormatReader> Create() => new()
    {
        [FileFormat.Pdf] = new PdfReader(),
        [FileFormat.Docx] = new DocxReader(),
        [FileFormat.Pptx] = new PptxReader(),
        [FileFormat.Xlsx] = new XlsxReader(),
        [FileFormat.Rtf] = new RtfReader(),
        [FileFormat.Epub] = new EpubReader(),
        [FileFormat.Json] = new JsonReader(),
        [FileFormat.JsonLines] = new JsonLinesReader(),
        [FileFormat.Xml] = new XmlDataReader(),
        [FileFormat.Mbox] = new MboxReader(),
        [FileFormat.OutlookMail] = new OutlookReader(),
        [FileFormat.Tar] = new TarArchiveReader(),
        [FileFormat.GZip] = new GZipReader(),
        [FileFormat.SevenZip] = new SevenZipReader(),
        [FileFormat.Doc] = new DocReader(),
        [FileFormat.Xls] = new XlsReader(),
        [FileFormat.Ppt] = new PptReader(),
        [FileFormat.OpenDocumentText] = new OdfReader("odt"),
        [FileFormat.OpenDocumentSheet] = new OdfReader("ods"),
        [FileFormat.OpenDocumentSlides] = new OdfReader("odp"),
        [FileFormat.Html] = new HtmlReader(),
        [FileFormat.Markdown] = new MarkdownReader(),
        [FileFormat.Text] = new PlainTextReader(),
        [FileFormat.Csv] = new CsvReader(),
        [FileFormat.Mail] = new MailReader(),
        [FileFormat.Zip] = new ZipReader(),
    };

    private static Unreadable RefusalOf(FileFormat format, IReadOnlyList<FileFormat> promised)
    {
        var (reason, code) = format switch
        {
            FileFormat.EncryptedOffice => (UnreadableReason.Encrypted, RemarkCode.AsksForPassword),
            FileFormat.Image => (UnreadableReason.NeedsRecognition, RemarkCode.FileIsPicture),
            _ when promised.Count > 0 => (UnreadableReason.Broken, RemarkCode.NotWhatNamePromises),
            _ => (UnreadableReason.UnknownFormat, RemarkCode.NoReaderForFormat),
        };
        return new Unreadable(reason, "none", new Remark(code));
    }

    private static async Task<ReadOutcome> ReadWithinTimeAsync(
        FormatReader reader,
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limits.Duration);
        try
        {
            // A parser that does not look at the token is left behind when the time is over.
            return await Task.Run(() => Read(reader, content, limits, timeout.Token), timeout.Token)
                .WaitAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Unreadable(
                UnreadableReason.TooSlow,
                reader.Name,
                new Remark(RemarkCode.TookTooLong, $"{limits.Duration.TotalSeconds:0}"));
        }
    }

    private static ReadOutcome Read(
        FormatReader reader,
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        try
        {
            var document = reader.Read(content, limits, cancellationToken);
            TextBounds.Check(document.Blocks.Sum(TextBounds.LengthOf), limits);
            return document.Embedded.Count == 0 && !document.Blocks.Any(TextBounds.HasVisible)
                ? new Unreadable(UnreadableReason.Empty, reader.Name, new Remark(RemarkCode.NoVisibleText))
                : new Extracted(document);
        }
        catch (UnreadableException exception)
        {
            return new Unreadable(exception.Reason, reader.Name, exception.Advice);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not OutOfMemoryException)
        {
            // The edge of a reader: whatever a hostile file makes a parser raise ends with this file.
            return new Unreadable(
                UnreadableReason.Broken,
                reader.Name,
                new Remark(RemarkCode.FileDamaged, exception.GetType().Name));
        }
    }
}

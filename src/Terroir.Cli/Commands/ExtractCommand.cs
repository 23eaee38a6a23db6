using System.CommandLine;
using System.Text;
using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Ingestion.Remarks;
using Terroir.Readers.Recognition;
using Terroir.Readers.Workers;

namespace Terroir.Cli.Commands;

/// <summary>Prints the canonical text of a file.</summary>
internal static class ExtractCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The file." };
        var format = new Option<string>("--format") { Description = "md or json.", DefaultValueFactory = _ => "md" };
        format.AcceptOnlyFromAmong("md", "json");
        return CommandLine.Create(
            "extract",
            "Prints what a reader makes of a file.",
            "terroir extract notice.pdf --format md",
            async (parsed, stop) =>
            {
                var path = parsed.GetValue(file)!;
                var isJson = parsed.GetValue(format) is "json" || parsed.GetValue(CommandLine.AsJson);
                byte[] content;
                try
                {
                    content = await File.ReadAllBytesAsync(path, stop);
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    return await CommandLine.RefuseAsync(exception.Message);
                }

                var command = ReadWorkerCommand.Find();
                using var reader = new ReadWorkerPool(command, size: 1);
                using var recognizer = new ScanRecognizer(command, size: 1, new RecognitionOptions());
                var outcome = await new RecognizingReader(reader, recognizer).ReadAsync(
                    content,
                    Path.GetFileName(path),
                    ReadLimits.Default,
                    stop);
                return outcome switch
                {
                    Extracted extracted => Print(extracted.Document, isJson),
                    Unreadable unreadable => await CommandLine.RefuseAsync(
                        $"{unreadable.Reason} ({unreadable.Reader}): {RemarkText.English.Describe(unreadable.Advice)}"),
                    _ => throw new System.Diagnostics.UnreachableException(),
                };
            },
            file,
            format);
    }

    private static int Print(ExtractedDocument document, bool isJson)
    {
        var text = Encoding.UTF8.GetString(DocumentPreparer.Render(document).Span);
        Console.Out.WriteLine(!isJson ? text : CommandLine.Serialize(new
        {
            document.MediaType,
            document.Reader,
            document.Title,
            document.Authors,
            document.ModifiedAt,
            document.Warnings,
            text,
            blocks = document.Blocks.Select(block => new { kind = block.GetType().Name, block.Place }),
            embedded = document.Embedded.Select(inner => inner.Path),
        }));
        return ExitCode.Done;
    }
}

using System.CommandLine;
using System.Globalization;
using System.Text;
using Terroir.Cli.Output;
using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Ingestion.Remarks;

namespace Terroir.Cli.Commands;

/// <summary>Prints the canonical text of a file, and how well it was read.</summary>
internal static class ExtractCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The file." };
        var format = new Option<string>("--format") { Description = "md or json.", DefaultValueFactory = _ => "md" };
        format.AcceptOnlyFromAmong("md", "json");
        var boilerplate = new Option<bool>("--keep-boilerplate")
        {
            Description = "Keep menus, banners and footers of web pages.",
        };
        var language = CommandLine.CreateLanguage();
        return CommandLine.Create(
            "extract",
            "Prints what a reader makes of a file; on standard error, which pages it could not read well.",
            "terroir extract notice.pdf --format md",
            async (parsed, stop) =>
            {
                var path = parsed.GetValue(file)!;
                var isJson = parsed.GetValue(format) is "json" || parsed.GetValue(CommandLine.AsJson);
                var words = RemarkText.For(parsed.GetValue(language));
                ReadOutcome outcome;
                try
                {
                    using var extraction = new FileExtraction(parsed);
                    outcome = await extraction.ReadAsync(
                        path,
                        ReadLimits.Default with { KeepsBoilerplate = parsed.GetValue(boilerplate) },
                        stop);
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    return await CommandLine.RefuseAsync(exception.Message);
                }

                return outcome switch
                {
                    Extracted extracted => await PrintAsync(extracted.Document, words, isJson),
                    Unreadable unreadable => await CommandLine.RefuseAsync(
                        $"{unreadable.Reason} ({unreadable.Reader}): {words.Describe(unreadable.Advice)}"),
                    _ => throw new System.Diagnostics.UnreachableException(),
                };
            },
            file,
            format,
            boilerplate,
            language);
    }

    private static async Task<int> PrintAsync(ExtractedDocument document, RemarkText words, bool isJson)
    {
        var text = Encoding.UTF8.GetString(DocumentPreparer.Render(document).Span);
        Console.Out.WriteLine(!isJson ? text : CommandLine.Serialize(new
        {
            document.MediaType,
            document.Reader,
            document.Title,
            document.Authors,
            document.ModifiedAt,
            warnings = document.Warnings.Select(words.Describe),
            remarks = document.Warnings,
            pages = document.Pages.Select(page => new
            {
                page.Page,
                page.Confidence,
                reason = page.Reason is null ? null : words.Describe(page.Reason),
                remark = page.Reason,
                page.NeedsRecognition,
            }),
            text,
            blocks = document.Blocks.Select(block => new { kind = block.GetType().Name, block.Place }),
            embedded = document.Embedded.Select(inner => inner.Path),
        }));
        if (!isJson)
        {
            foreach (var line in Doubts(document, words))
            {
                await Console.Error.WriteLineAsync(Terminal.Clean(line));
            }
        }

        return ExitCode.Done;
    }

    // Pages that were read as they were written need no line.
    private static IEnumerable<string> Doubts(ExtractedDocument document, RemarkText words) =>
    [
        .. document.Warnings.Select(words.Describe),
        .. document.Pages.Where(page => page.Confidence < 1).Select(page => string.Create(
            CultureInfo.InvariantCulture,
            $"page {page.Page}: {page.Confidence:0.00} {(page.Reason is null ? "" : words.Describe(page.Reason))}")
            .TrimEnd()),
    ];
}

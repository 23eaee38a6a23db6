using System.CommandLine;
using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Readers;

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
            "Prints what a reader makes of a file. Example: terroir extract notice.pdf --format md",
            async (parsed, stop) =>
            {
                var path = parsed.GetValue(file)!;
                if (!File.Exists(path))
                {
                    await Console.Error.WriteLineAsync($"There is no file '{path}'.");
                    return ExitCode.Refused;
                }

                var content = await File.ReadAllBytesAsync(path, stop);
                var outcome = await new FormatReaders().ReadAsync(content, Path.GetFileName(path),
                    ReadLimits.Default, stop);
                if (outcome is Unreadable unreadable)
                {
                    await Console.Error.WriteLineAsync(
                        $"{unreadable.Reason} ({unreadable.Reader}): {unreadable.Advice}");
                    return ExitCode.Refused;
                }

                var document = ((Extracted)outcome).Document;
                var text = System.Text.Encoding.UTF8.GetString(DocumentPreparer.Render(document).Span);
                if (parsed.GetValue(format) is "json" || parsed.GetValue(CommandLine.AsJson))
                {
                    var blocks = document.Blocks.Select(block => new { kind = block.GetType().Name, block.Place });
                    Console.Out.WriteLine(System.Text.Json.JsonSerializer.Serialize(new
                    {
                        document.MediaType,
                        document.Reader,
                        document.Title,
                        document.Authors,
                        document.Warnings,
                        text,
                        blocks,
                        embedded = document.Embedded.Select(inner => inner.Path),
                    }));
                }
                else
                {
                    Console.Out.WriteLine(text);
                }

                return ExitCode.Done;
            },
            file,
            format);
    }
}

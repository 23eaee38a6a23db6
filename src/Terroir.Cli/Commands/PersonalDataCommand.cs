using System.CommandLine;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;
using Spectre.Console;
using Spectre.Console.Rendering;
using Terroir.Cli.Output;
using Terroir.Documents;
using Terroir.Ingestion;
using Terroir.Ingestion.Remarks;
using Terroir.Protection.PersonalData;

namespace Terroir.Cli.Commands;

/// <summary>Finds personal data in files.</summary>
internal static class PersonalDataCommand
{
    /// <summary>How many files of a folder are looked at.</summary>
    internal const int FileCountMax = 1_000_000;

    public static Command Create()
    {
        var command = new Verb(
            "pii",
            "Finds personal data: identifiers with checksums, contacts, addresses, names of people.",
            "terroir pii scan courriers/");
        command.Subcommands.Add(CreateScan());
        command.Subcommands.Add(GenerateCommand.Create());
        command.Subcommands.Add(RevealCommand.Create());
        return command;
    }

    private static Command CreateScan()
    {
        var path = new Argument<string>("path") { Description = "A file, or a folder with all below it." };
        var language = CommandLine.CreateLanguage();
        return CommandLine.Create(
            "scan",
            "Prints what personal data files hold; as JSON, one object a line for each file.",
            "terroir pii scan lettre.docx --json",
            (parsed, stop) => ScanAsync(parsed, parsed.GetValue(path)!, parsed.GetValue(language), stop),
            path,
            language);
    }

    private static async Task<int> ScanAsync(
        ParseResult parsed,
        string path,
        string? language,
        CancellationToken cancellationToken)
    {
        if (!Path.Exists(path))
        {
            return await CommandLine.RefuseAsync($"There is no file or folder '{path}'.");
        }

        using var extraction = new FileExtraction(parsed);
        var scanner = new PersonalDataScanner(
            extraction.Configuration?.GetSection(PersonalDataOptions.Section).Get<PersonalDataOptions>()
            ?? new PersonalDataOptions());
        var words = RemarkText.For(language);
        var failed = false;
        foreach (var file in List(path))
        {
            try
            {
                switch (await extraction.ReadAsync(file, ReadLimits.Default, cancellationToken))
                {
                    case Extracted extracted:
                        Print(parsed, file, scanner.Scan(Text(extracted.Document)));
                        break;
                    case Unreadable unreadable:
                        await CommandLine.FailAsync(
                            $"{file}: {unreadable.Reason}: {words.Describe(unreadable.Advice)}");
                        failed = true;
                        break;
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                await CommandLine.FailAsync($"{file}: {exception.Message}");
                failed = true;
            }
        }

        return failed ? ExitCode.Failed : ExitCode.Done;
    }

    // In the order of the names, so that two runs print the same.
    private static IEnumerable<string> List(string path) => File.Exists(path)
        ? [path]
        : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Take(FileCountMax)
            .Order(StringComparer.Ordinal);

    private static string Text(ExtractedDocument document) =>
        Encoding.UTF8.GetString(DocumentPreparer.Render(document).Span);

    private static void Print(ParseResult parsed, string file, IReadOnlyList<PersonalDataFinding> findings) =>
        CommandLine.Print(parsed, new { file, findings }, Draw(file, findings));

    private static IEnumerable<IRenderable> Draw(string file, IReadOnlyList<PersonalDataFinding> findings)
    {
        yield return Terminal.Plain(string.Create(
            CultureInfo.InvariantCulture,
            $"{file}: {findings.Count} {(findings.Count == 1 ? "finding" : "findings")}"));
        if (findings.Count == 0)
        {
            yield break;
        }

        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        table.AddColumns("kind", "bytes", "text", "confidence", "rule");
        foreach (var finding in findings)
        {
            table.AddRow(
                Terminal.Plain(finding.Kind),
                Terminal.Plain(string.Create(CultureInfo.InvariantCulture, $"{finding.Start}-{finding.End}")),
                Terminal.Plain(finding.Text.ReplaceLineEndings(" ")),
                Terminal.Plain(finding.Confidence.ToString("0.00", CultureInfo.InvariantCulture)),
                Terminal.Plain(finding.Rule));
        }

        yield return table;
    }
}

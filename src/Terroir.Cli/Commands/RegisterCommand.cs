using System.CommandLine;
using Terroir.Cli.Commands.Retention;
using Terroir.Cli.Output;

namespace Terroir.Cli.Commands;

/// <summary>Writes the register of processing from what the site knows.</summary>
internal static class RegisterCommand
{
    public static Command Create()
    {
        var format = new Option<string>("--format")
        {
            Description = "md, csv or json.",
            DefaultValueFactory = _ => "md",
        };
        format.AcceptOnlyFromAmong("md", "csv", "json");
        var language = CommandLine.CreateLanguage();
        var output = WrittenText.CreateOption();
        return CommandLine.Create(
            "register",
            "Writes a draft of the register of processing (GDPR, article 30) from collections, sources and rules.",
            "terroir register --language fr -o registre.md",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var register = await ProcessingRegister.ReadAsync(site, stop);
                var words = RegisterWords.Of(parsed.GetValue(language)!);
                var text = parsed.GetValue(CommandLine.AsJson) ? CommandLine.Serialize(register)
                    : parsed.GetValue(format) switch
                    {
                        "json" => CommandLine.Serialize(register),
                        "csv" => RegisterText.WriteCsv(register, words),
                        _ => RegisterText.WriteMarkdown(register, words),
                    };
                WrittenText.Write(parsed.GetValue(output), text);
                return ExitCode.Done;
            },
            format,
            language,
            output);
    }
}

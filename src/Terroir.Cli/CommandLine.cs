using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Spectre.Console;
using Spectre.Console.Rendering;
using Terroir.Cli.Output;
using Terroir.Server;

namespace Terroir.Cli;

/// <summary>What every verb shares: the site's folder, JSON, and how errors are shown.</summary>
internal static partial class CommandLine
{
    private static readonly JsonSerializerOptions Json = CreateJson();

    public static Option<string> Data { get; } = new("--data")
    {
        Description = "The site's folder.",
        DefaultValueFactory = _ => "./terroir-data",
    };

    public static Option<bool> AsJson { get; } = new("--json") { Description = "Print one JSON object." };

    /// <summary>Makes the option for the language in which files are spoken of.</summary>
    public static Option<string> CreateLanguage()
    {
        var language = new Option<string>("--language")
        {
            Description = "The language of what is said of files: en or fr.",
            DefaultValueFactory = _ => "en",
        };
        language.AcceptOnlyFromAmong("en", "fr");
        return language;
    }

    /// <summary>Makes a verb whose errors are one line on standard error.</summary>
    /// <param name="name">The word that is typed.</param>
    /// <param name="description">What it does, as a sentence.</param>
    /// <param name="example">A line that one can type.</param>
    /// <param name="run">What it does.</param>
    /// <param name="symbols">Its arguments and options, beside those that all have.</param>
    public static Command Create(
        string name,
        string description,
        string example,
        Func<ParseResult, CancellationToken, Task<int>> run,
        params ReadOnlySpan<Symbol> symbols)
    {
        var command = new Verb(name, description, example);
        foreach (var symbol in symbols)
        {
            if (symbol is Option option)
            {
                command.Options.Add(option);
            }
            else if (symbol is Argument argument)
            {
                command.Arguments.Add(argument);
            }
        }

        command.Options.Add(Data);
        command.Options.Add(AsJson);
        command.SetAction((parsed, stop) => RunAsync(parsed, run, stop));
        return command;
    }

    /// <summary>What a line that is shown to somebody needs so that it means the same site.</summary>
    public static string DataFlag(ParseResult parsed) => parsed.GetResult(Data) is { Implicit: false }
        ? $" --data {ShellWord.Quote(parsed.GetValue(Data)!)}"
        : "";

    /// <summary>Makes the lines of <c>terroir</c> in a text mean the same site.</summary>
    public static string WithData(ParseResult parsed, string text)
    {
        var flag = DataFlag(parsed);
        return flag.Length == 0
            ? text
            : Line().Replace(text, line => line.Value.Contains(" --data", StringComparison.Ordinal)
                ? line.Value
                : $"{line.Value.TrimEnd()}{flag}{line.Value[line.Value.TrimEnd().Length..]}");
    }

    /// <summary>Opens the site that <c>--data</c> names.</summary>
    public static Site Open(ParseResult parsed) => Site.Open(parsed.GetValue(Data)!);

    /// <summary>Prints a result as JSON when asked, else as lines.</summary>
    public static void Print(ParseResult parsed, object result, IEnumerable<string> lines) =>
        Print(parsed, result, lines.Select(line => Terminal.Plain(line)));

    /// <summary>Prints a result as JSON when asked, else as it is drawn for people.</summary>
    public static void Print(ParseResult parsed, object result, IEnumerable<IRenderable> parts)
    {
        if (parsed.GetValue(AsJson))
        {
            Console.Out.WriteLine(Serialize(result));
            return;
        }

        foreach (var part in parts)
        {
            Terminal.Print(part);
        }
    }

    /// <summary>Writes a value as JSON on one line.</summary>
    public static string Serialize(object value) => JsonSerializer.Serialize(value, Json);

    /// <summary>Reports what the caller gave that cannot be used.</summary>
    public static Task<int> RefuseAsync(string reason) => ReportAsync(reason, ExitCode.Refused);

    /// <summary>Reports what could not be done.</summary>
    public static Task<int> FailAsync(string reason) => ReportAsync(reason, ExitCode.Failed);

    private static async Task<int> ReportAsync(string reason, int exit)
    {
        await Console.Error.WriteLineAsync(Terminal.Clean(reason.ReplaceLineEndings(" ")));
        return exit;
    }

    private static JsonSerializerOptions CreateJson()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Converters = { new ContentHashConverter(), new DocumentIdConverter(), new CollectionIdConverter() },
        };
        TerroirHost.ConfigureJson(options);
        return options;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed,
        Func<ParseResult, CancellationToken, Task<int>> run,
        CancellationToken cancellationToken)
    {
        // Signals are listened to once this method returns to its caller: work that never waits would not hear them.
        await Task.Yield();
        try
        {
            return await run(parsed, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception exception) when (Describe(exception) is { } line)
        {
            await Console.Error.WriteLineAsync(Terminal.Clean(line.ReplaceLineEndings(" ")));
            return exception is SourceUnknownException ? ExitCode.Refused : ExitCode.Failed;
        }
    }

    /// <summary>A line of the command inside a text: alone, after another command, or in quotation marks after "then".
    /// </summary>
    [GeneratedRegex("(?<=^|&& |then ')terroir [a-z][^'#&;]*", RegexOptions.None, 1_000)]
    private static partial Regex Line();

    /// <summary>Says in a line what failed; <see langword="null"/> for a bug, which shows its stack.</summary>
    private static string? Describe(Exception exception) => exception switch
    {
        TerroirException error => $"{error.Code}: {error.Message}",
        OptionsValidationException error => string.Join(' ', error.Failures),
        IOException or UnauthorizedAccessException or FormatException or JsonException => exception.Message,
        _ => null,
    };
}

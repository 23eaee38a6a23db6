using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Terroir.Server;

namespace Terroir.Cli;

/// <summary>What every verb shares: the site's folder, JSON, and how errors are shown.</summary>
internal static class CommandLine
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new ContentHashConverter(), new DocumentIdConverter(), new CollectionIdConverter() },
    };

    public static Option<string> Data { get; } = new("--data")
    {
        Description = "The site's folder.",
        DefaultValueFactory = _ => "./terroir-data",
    };

    public static Option<bool> AsJson { get; } = new("--json") { Description = "Print one JSON object." };

    /// <summary>Makes a verb whose errors are one line on standard error.</summary>
    public static Command Create(
        string name,
        string description,
        Func<ParseResult, CancellationToken, Task<int>> run,
        params ReadOnlySpan<Symbol> symbols)
    {
        var command = new Command(name, description);
        command.Options.Add(Data);
        command.Options.Add(AsJson);
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

        command.SetAction((parsed, stop) => RunAsync(parsed, run, stop));
        return command;
    }

    /// <summary>Opens the site that <c>--data</c> names.</summary>
    public static Task<Site> OpenAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        Site.OpenAsync(parsed.GetValue(Data)!, TimeProvider.System, cancellationToken);

    /// <summary>Prints a result as JSON when asked, else as lines.</summary>
    public static void Print(ParseResult parsed, object result, IEnumerable<string> lines)
    {
        Console.Out.WriteLine(parsed.GetValue(AsJson)
            ? JsonSerializer.Serialize(result, Json)
            : string.Join(Environment.NewLine, lines));
    }

    private static async Task<int> RunAsync(
        ParseResult parsed,
        Func<ParseResult, CancellationToken, Task<int>> run,
        CancellationToken cancellationToken)
    {
        try
        {
            return await run(parsed, cancellationToken);
        }
        catch (TerroirException exception)
        {
            await Console.Error.WriteLineAsync($"{exception.Code}: {exception.Message}".AsMemory(), cancellationToken);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }
}

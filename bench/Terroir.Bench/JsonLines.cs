using System.Text.Json;

namespace Terroir.Bench;

/// <summary>Figures for programs: one JSON object a line, appended to the file that <c>--json</c> names.</summary>
internal sealed class JsonLines(string? path)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Takes the file from the arguments of a verb.</summary>
    public static JsonLines Of(IReadOnlyList<string> arguments) => new(Option(arguments, "--json"));

    /// <summary>The value that follows a name among arguments, or <see langword="null"/>.</summary>
    public static string? Option(IReadOnlyList<string> arguments, string name) => arguments
        .SkipWhile(argument => !string.Equals(argument, name, StringComparison.Ordinal))
        .ElementAtOrDefault(1);

    /// <summary>Writes a line; without a file to nowhere.</summary>
    public async Task WriteAsync(object figures, CancellationToken cancellationToken)
    {
        if (path is not null)
        {
            await File.AppendAllTextAsync(
                path,
                JsonSerializer.Serialize(figures, Options) + "\n",
                cancellationToken);
        }
    }
}

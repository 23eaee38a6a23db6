using System.CommandLine;
using Terroir.Sovereignty.Cedar;

namespace Terroir.Cli.Commands.Policies;

/// <summary>The files that the verbs on policies read.</summary>
internal static class PolicyFiles
{
    /// <summary>Makes the argument for files of policies.</summary>
    public static Argument<string[]> CreateArgument() => new("files")
    {
        Description = "Files of policies, or folders of *.cedar.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Option<string?> CreateSchema() => new("--schema")
    {
        Description = "The schema: .cedarschema, or JSON.",
    };

    /// <summary>Lists the files that are named or stand in a named folder.</summary>
    public static IEnumerable<string> List(IEnumerable<string> paths) => paths.SelectMany(path =>
        Directory.Exists(path)
            ? Directory.GetFiles(path, "*.cedar", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : (IEnumerable<string>)[path]);

    /// <summary>Reads a file of policies.</summary>
    /// <exception cref="FormatException">It cannot be read, or is not of the grammar; the message names it.</exception>
    public static async Task<IReadOnlyList<Policy>> ReadAsync(
        string path,
        PolicyFaultText words,
        CancellationToken cancellationToken)
    {
        var text = await File.ReadAllTextAsync(path, cancellationToken);
        return Explain(path, words, () => PolicySet.ParseFile(Path.GetFileName(path), text));
    }

    /// <summary>Reads a file with something else in it.</summary>
    /// <exception cref="FormatException">It is not of its format; the message names it.</exception>
    public static async Task<T?> ReadAsync<T>(
        string? path,
        PolicyFaultText words,
        Func<string, T> read,
        CancellationToken cancellationToken)
        where T : class
    {
        if (path is null)
        {
            return null;
        }

        var text = await File.ReadAllTextAsync(path, cancellationToken);
        return Explain(path, words, () => read(text));
    }

    private static T Explain<T>(string path, PolicyFaultText words, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (PolicyInvalidException exception)
        {
            throw new FormatException($"{exception.Code}: {path}:{words.Describe(exception.Fault)}", exception);
        }
    }
}

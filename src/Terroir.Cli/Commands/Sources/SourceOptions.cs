using System.CommandLine;
using Terroir.Ingestion;
using Terroir.Server;

namespace Terroir.Cli.Commands.Sources;

/// <summary>The options by which a source is declared on the command line.</summary>
internal sealed class SourceOptions
{
    /// <summary>The folder of a source of kind folder.</summary>
    public Argument<string?> Folder { get; } = new("folder")
    {
        Description = "The folder to read, if its kind is folder.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Option<string> Kind { get; } = new("--kind")
    {
        Description = "What kind of source it is; 'terroir source kinds' lists them.",
        DefaultValueFactory = _ => "folder",
    };

    public Option<string[]> Set { get; } = new("--set")
    {
        Description = "A setting as name=value, once for each; secrets as file:PATH or env:NAME.",
        AllowMultipleArgumentsPerToken = false,
    };

    public Option<string?> Permissions { get; } = new("--permissions")
    {
        Description = "Where permissions come from: file (permissions.yaml), posix (owner, group, mode and ACL of a "
            + "folder), ntfs (its Windows list), source (what the source says) or fixed (the settings readers, deny "
            + "and label).",
    };

    public Option<string?> Bandwidth { get; } = new("--bandwidth")
    {
        Description = "The most that is read from it, such as 2MiB/s.",
    };

    public Option<string> Collection { get; } = new("--collection")
    {
        Description = "The collection that it feeds.",
        DefaultValueFactory = _ => Site.DefaultCollection,
    };

    /// <summary>Makes the options; a shell is told the words that a value may be.</summary>
    public SourceOptions() => Permissions.AcceptOnlyFromAmong("file", "posix", "ntfs", "source", "fixed");

    /// <summary>All of them.</summary>
    public Symbol[] Symbols => [Folder, Kind, Set, Permissions, Bandwidth, Collection];

    /// <summary>Reads what was declared.</summary>
    /// <exception cref="FormatException">A setting is not of the form name=value.</exception>
    public DeclaredSource Read(ParseResult parsed, string name) =>
        new(name, parsed.GetValue(Kind)!, parsed.GetValue(Collection)!)
        {
            Folder = parsed.GetValue(Folder) is { } folder ? Path.GetFullPath(folder) : null,
            Permissions = parsed.GetValue(Permissions),
            Bandwidth = parsed.GetValue(Bandwidth),
            Settings = ReadSettings(parsed.GetValue(Set) ?? []),
        };

    private static Dictionary<string, string> ReadSettings(string[] settings)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in settings)
        {
            var end = setting.IndexOf('=', StringComparison.Ordinal);
            if (end <= 0 || !values.TryAdd(setting[..end], setting[(end + 1)..]))
            {
                throw new FormatException("A setting is written --set name=value, and each name once.");
            }
        }

        return values;
    }
}

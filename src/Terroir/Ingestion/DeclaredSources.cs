using System.Globalization;
using System.Text.RegularExpressions;
using Terroir.Access;
using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Ingestion;

/// <summary>Turns declarations into sources; see <c>docs/formats/sources.md</c>.</summary>
public static partial class DeclaredSources
{
    /// <summary>The least bandwidth, in bytes a second: with less, a connection ends before a file does.</summary>
    public const long BandwidthMinBytes = 1 << 10;

    private const string Version = "1";
    private const string FolderKind = Folder.FolderConnector.KindName;

    /// <summary>Reads a file of sources.</summary>
    /// <param name="yaml">Its text.</param>
    /// <param name="collection">The collection of a source that names none.</param>
    /// <returns>The sources in the order of the file.</returns>
    /// <exception cref="FormatException">It cannot be understood; the message names the line.</exception>
    public static IReadOnlyList<DeclaredSource> Parse(string yaml, string collection)
    {
        try
        {
            var sources = new List<DeclaredSource>();
            foreach (var (key, value) in YamlTree.Parse(yaml)?.AsEntries("the file", "version", "sources") ?? [])
            {
                if (key.Value is "sources")
                {
                    sources.AddRange(value.AsList("sources").Select(node => Read(node, collection)));
                }
                else if (value.AsText("version") is not Version)
                {
                    throw new YamlFaultException(value.Line, $"This program reads version {Version} of the file.");
                }
            }

            return sources.GroupBy(source => source.Name, StringComparer.Ordinal)
                .FirstOrDefault(group => group.Count() > 1)?.Last() is { } twice
                ? throw new YamlFaultException(twice.Line, $"The name '{twice.Name}' is there twice.")
                : sources;
        }
        catch (YamlFaultException exception)
        {
            throw new FormatException(
                string.Create(CultureInfo.InvariantCulture, $"line {exception.Line}: {exception.Message}"),
                exception);
        }
    }

    /// <summary>Makes the source that a declaration means, if nothing is wrong with it.</summary>
    /// <param name="declared">The declaration.</param>
    /// <param name="connectors">The kinds that there are.</param>
    /// <param name="faults">What is wrong, and what to write; empty if nothing.</param>
    /// <returns>The source, or <see langword="null"/> if there are faults.</returns>
    public static SourceRecord? TryResolve(
        DeclaredSource declared,
        IReadOnlyList<IConnector> connectors,
        out IReadOnlyList<SettingFault> faults)
    {
        var connector = connectors.FirstOrDefault(item =>
            string.Equals(item.Kind, declared.Kind, StringComparison.Ordinal));
        if (connector is null)
        {
            var kinds = string.Join(", ", connectors.Select(item => item.Kind).Order(StringComparer.Ordinal));
            faults = [new SettingFault("kind", $"There is no kind '{declared.Kind}'. Those that there are: {kinds}.")];
            return null;
        }

        faults = [.. CheckForm(declared)];
        if (faults.Count > 0)
        {
            return null;
        }

        var record = new SourceRecord
        {
            Id = declared.Name,
            Collection = new CollectionId(declared.Collection),
            Kind = declared.Kind,
            Location = declared.Folder ?? "",
            Permissions = declared.Permissions ?? SourceDeclaration.ModesOf(connector)[0],
            Settings = declared.Settings,
            BandwidthBytesPerSecond = declared.Bandwidth is { } text ? ParseBandwidth(text) : null,
        };
        faults = SourceDeclaration.Check(connector, record);
        return faults.Count > 0 ? null : record with
        {
            Location = connector.Describe(SourceDeclaration.SettingsFor(connector, record)),
        };
    }

    /// <summary>Whether two records declare the same; what was found since does not count.</summary>
    /// <param name="left">A source.</param>
    /// <param name="right">Another.</param>
    /// <returns>Whether they do.</returns>
    public static bool AreSame(SourceRecord left, SourceRecord right) => Strip(left) == Strip(right);

    /// <summary>Reads a bandwidth.</summary>
    /// <param name="text">Such as <c>2MiB/s</c>, <c>500 kB/s</c> or <c>65536</c>.</param>
    /// <returns>Bytes a second, or <see langword="null"/> if it is none, or too little.</returns>
    public static long? ParseBandwidth(string text)
    {
        var match = BandwidthForm().Match(text.Trim());
        if (!match.Success
            || !double.TryParse(match.Groups["number"].Value, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var unit = match.Groups["unit"].Value switch
        {
            "kB" => 1e3,
            "MB" => 1e6,
            "GB" => 1e9,
            "KiB" => 1L << 10,
            "MiB" => 1L << 20,
            "GiB" => 1L << 30,
            _ => 1,
        };
        var bytes = number * unit;
        return bytes is >= BandwidthMinBytes and <= long.MaxValue / 2 ? (long)bytes : null;
    }

    [GeneratedRegex(
        @"^(?<number>[0-9]+(\.[0-9]+)?) ?(?<unit>B|kB|MB|GB|KiB|MiB|GiB)?(/s)?$",
        RegexOptions.ExplicitCapture,
        30_000)]
    private static partial Regex BandwidthForm();

    private static SourceRecord Strip(SourceRecord source) => source with
    {
        HeldReason = null,
        SyncedAt = null,
        PausedAt = null,
        Cursor = null,
        ListedAt = null,
        Failure = null,
    };

    private static IEnumerable<SettingFault> CheckForm(DeclaredSource declared)
    {
        if (!CollectionId.IsValid(declared.Name) || !CollectionId.IsValid(declared.Collection))
        {
            yield return new SettingFault(
                "name",
                "A source or collection is named by 1 to 64 of: a-z 0-9 - _, first a letter or digit.");
        }

        if ((declared.Folder is not null) != (declared.Kind is FolderKind))
        {
            yield return new SettingFault(
                "folder",
                declared.Kind is FolderKind ? "Name the folder to read." : "Only a source of kind folder names one.");
        }

        if (declared.Bandwidth is { } text && ParseBandwidth(text) is null)
        {
            yield return new SettingFault("bandwidth", "Write a rate from 1KiB/s on, such as 2MiB/s.");
        }
    }

    private static DeclaredSource Read(YamlNode node, string collection)
    {
        var source = new DeclaredSource("", FolderKind, collection) { Line = node.Line };
        foreach (var (key, value) in node.AsEntries(
            "a source", "name", "kind", "collection", "folder", "permissions", "bandwidth", "settings"))
        {
            source = key.Value switch
            {
                "name" => source with { Name = value.AsText("name") },
                "kind" => source with { Kind = value.AsText("kind") },
                "collection" => source with { Collection = value.AsText("collection") },
                "folder" => source with { Folder = value.AsText("folder") },
                "permissions" => source with { Permissions = value.AsText("permissions") },
                "bandwidth" => source with { Bandwidth = value.AsText("bandwidth") },
                _ => source with { Settings = ReadSettings(value) },
            };
        }

        return source.Name.Length > 0
            ? source
            : throw new YamlFaultException(node.Line, "The source has no 'name'.");
    }

    private static Dictionary<string, string> ReadSettings(YamlNode node) => node.AsEntries("'settings'")
        .ToDictionary(entry => entry.Key.Value, entry => entry.Value.AsText(entry.Key.Short), StringComparer.Ordinal);
}

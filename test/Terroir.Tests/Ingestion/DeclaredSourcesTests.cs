using Terroir.Access;
using Terroir.Ingestion;
using Terroir.Ingestion.Folder;
using Terroir.Sources;

namespace Terroir.Tests.Ingestion;

public sealed class DeclaredSourcesTests
{
    private static readonly IConnector[] Kinds = [new FolderConnector(SiteDirectory.Empty), new ListConnector()];

    [Fact]
    public void A_file_is_read_with_defaults_and_settings()
    {
        var sources = DeclaredSources.Parse(
            """
            version: 1
            sources:
              - name: rh
                folder: /srv/rh
              - name: liste
                kind: list
                permissions: fixed
                bandwidth: 2MiB/s
                settings: { place: ici, readers: "group:rh" }
            """,
            "documents");

        Assert.Equal(["rh folder documents 3", "liste list documents 5"], sources.Select(source =>
            $"{source.Name} {source.Kind} {source.Collection} {source.Line}"), StringComparer.Ordinal);
        var folder = DeclaredSources.TryResolve(sources[0], Kinds, out var faults);
        Assert.Empty(faults);
        Assert.Equal(("/srv/rh", "file", null), (folder!.Location, folder.Permissions, folder.Settings));
        var list = DeclaredSources.TryResolve(sources[1], Kinds, out _);
        Assert.Equal((2 << 20, "ici"), (list!.BandwidthBytesPerSecond, list.Settings!["place"]));
    }

    [Theory]
    [InlineData("sources: [{ name: a, folders: /srv }]", "line 1: 'folders' is no key of a source")]
    [InlineData("sources:\n  - name: a\n  - name: a", "line 3: The name 'a' is there twice.")]
    [InlineData("sources:\n  - kind: list", "line 2: The source has no 'name'.")]
    [InlineData("version: 2", "line 1: This program reads version 1")]
    [InlineData("sources:\n  - name: a\n    settings: { x: [1] }", "line 3: 'x' takes one text.")]
    [InlineData("sources: [", "This is no YAML")]
    public void A_file_that_cannot_be_understood_names_the_line(string yaml, string problem) =>
        Assert.Contains(
            problem,
            Assert.Throws<FormatException>(() => DeclaredSources.Parse(yaml, "documents")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_secret_that_stands_there_itself_is_refused_and_not_repeated()
    {
        var source = new DeclaredSource("a", "list", "documents")
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["password"] = "motdepasse" },
        };

        Assert.Null(DeclaredSources.TryResolve(source, Kinds, out var faults));

        Assert.Equal("password", Assert.Single(faults).Name);
        Assert.DoesNotContain("motdepasse", faults[0].Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lists", null, null, "kind")]
    [InlineData("list", "posix", null, "permissions")]
    [InlineData("list", "fixed", null, "readers")]
    [InlineData("list", "fixed", "readers=tous", "readers")]
    [InlineData("list", "fixed", "readers=group:a;group:b", "readers")]
    [InlineData("list", null, "couleur=bleu", "couleur")]
    [InlineData("folder", null, null, "folder")]
    public void What_is_wrong_is_named(string kind, string? permissions, string? setting, string name)
    {
        var parts = setting?.Split('=', 2) ?? [];
        var source = new DeclaredSource("a", kind, "documents")
        {
            Permissions = permissions,
            Settings = parts is [var key, var value]
                ? new Dictionary<string, string>(StringComparer.Ordinal) { [key] = value }
                : new Dictionary<string, string>(StringComparer.Ordinal),
        };

        Assert.Null(DeclaredSources.TryResolve(source, Kinds, out var faults));
        Assert.Equal(name, faults[0].Name);
    }

    [Theory]
    [InlineData("2MiB/s", 2_097_152)]
    [InlineData("1.5 kB", 1_500)]
    [InlineData("65536", 65_536)]
    [InlineData("1KiB/s", 1_024)]
    [InlineData("1000", null)]
    [InlineData("-1MB", null)]
    [InlineData("2 Mo/s", null)]
    [InlineData("", null)]
    public void A_bandwidth_is_a_rate_with_a_unit(string text, int? bytes) =>
        Assert.Equal(bytes, DeclaredSources.ParseBandwidth(text));

    [Fact]
    public void What_was_found_since_does_not_make_a_source_another()
    {
        var source = DeclaredSources.TryResolve(
            new DeclaredSource("a", "folder", "documents") { Folder = "/srv" },
            Kinds,
            out _)!;

        Assert.True(DeclaredSources.AreSame(
            source,
            source with { SyncedAt = DateTimeOffset.UnixEpoch, Cursor = "7", PausedAt = DateTimeOffset.UnixEpoch }));
        Assert.False(DeclaredSources.AreSame(source, source with { Permissions = "posix" }));
    }
}

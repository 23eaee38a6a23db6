using System.Text;
using CsCheck;
using Terroir.Access;
using Terroir.Ingestion;
using Terroir.Ingestion.Folder;
using Terroir.Ingestion.Permissions;
using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Tests.Ingestion;

public sealed class PermissionFilesTests : IDisposable
{
    private static readonly Gen<string[]> Principals = Gen.OneOf("everyone", "user:a", "user:b", "group:g", "group:h")
        .Array[0, 2];

    private static readonly Gen<Entry> SomeEntry = Gen.Select(
        Gen.Frequency((3, Gen.Const(true)), (1, Gen.Const(false))),
        Principals,
        Gen.Frequency((2, Gen.Const<string[]>([])), (1, Principals)),
        Gen.OneOf("", "", "interne", "secret"),
        (isInherited, allow, deny, label) => new Entry(isInherited, allow, deny, label));

    private static readonly Gen<Level> SomeLevel = Gen.Select(
        SomeEntry,
        Gen.Select(Gen.OneOf("*", "a.md", "b*", "?.md", "c.md"), SomeEntry).Array[0, 2],
        Gen.Frequency((3, Gen.Const(true)), (1, Gen.Const(false))),
        (folder, files, isThere) => new Level(
            folder,
            [.. files.DistinctBy(file => file.Item1, StringComparer.Ordinal)],
            isThere));

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_golden_files_of_version_1_are_read()
    {
        var expected = TestFolder.Golden("permissions/1/expected.tsv")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in new[] { "permissions.yaml", "rh/permissions.yaml", "rh/paie/permissions.yaml" })
        {
            _folder.Write(name, TestFolder.Golden(Path.Combine("permissions", "1", name)));
        }

        foreach (var line in expected)
        {
            _folder.Write(line.Split('\t')[0], "Le parking.");
        }

        var (content, permissions) = Scan();

        Assert.Empty(permissions.Faults);
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            content.Items.Select(file => string.Join(
                '\t',
                file.Path,
                string.Join(',', file.Readers.Access.Allow),
                string.Join(',', file.Readers.Access.Deny),
                file.Readers.Label)).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Fact]
    public void An_entry_that_ends_is_kept_with_its_end()
    {
        _folder.Write("a.md", "Le parking.");
        _folder.Write(
            PermissionFiles.FileName,
            "allow: [everyone]\ndeny: [{ principal: user:b, until: 2027-01-31T18:00:00Z }]\n");

        var (content, permissions) = Scan();

        Assert.Empty(permissions.Faults);
        Assert.Equal(
            ["until:2027-01-31T18:00:00Z&user:b"],
            content.Items.Single(item => item.Path is "a.md").Readers.Access.Deny,
            StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("{ principal: user:b }")]
    [InlineData("{ until: 2027-01-31T18:00:00Z }")]
    [InlineData("{ principal: user:b, until: 2027-01-31 }")]
    [InlineData("{ principal: user:b, until: }")]
    [InlineData("{ principal: user:b, till: 2027-01-31T18:00:00Z }")]
    [InlineData("until:2027-01-31T18:00:00Z")]
    public void An_entry_that_ends_in_another_form_closes_the_folder(string entry)
    {
        _folder.Write("a.md", "Le parking.");
        _folder.Write(PermissionFiles.FileName, $"allow:\n  - everyone\n  - {entry}\n");

        var (content, permissions) = Scan();

        Assert.Single(permissions.Faults);
        Assert.Empty(content.Items.Single(item => item.Path is "a.md").Readers.Access.Allow);
    }

    [Fact]
    public void What_is_read_is_what_the_rules_say() => SomeLevel.Array[3].Sample(
        levels =>
        {
            using var folder = new TestFolder();
            var prefix = "";
            foreach (var level in levels)
            {
                foreach (var name in new[] { "a.md", "b1.md", "c.md" })
                {
                    folder.Write(prefix + name, "Le parking.");
                }

                if (level.IsThere)
                {
                    folder.Write(prefix + "permissions.yaml", level.Yaml);
                }

                prefix += "d/";
            }

            foreach (var file in Scan(folder).Content.Items)
            {
                var depth = file.Path.Count(letter => letter == '/');
                AssertSame(Expect([.. levels.Take(depth + 1)], Path.GetFileName(file.Path)), file.Readers);
            }
        },
        iter: 200,
        threads: 1);

    [Theory]
    [InlineData(2, "allow: [everyone")]
    [InlineData(2, "allow: [everyone]\ndeny:")]
    [InlineData(2, "allow: [everyone]\ndeny: [grup:stagiaires]")]
    [InlineData(3, "allow: [everyone]\ndeny:\n  - stagiaires")]
    [InlineData(2, "allow: [everyone]\ndeny: group:stagiaires")]
    [InlineData(2, "allow: [everyone]\ndeni: [group:stagiaires]")]
    [InlineData(2, "allow: [everyone]\nallow: [group:rh]")]
    [InlineData(2, "allow: [everyone]\ninherit: oui")]
    [InlineData(1, "allow: everyone")]
    [InlineData(1, "allow: [[everyone]]")]
    [InlineData(1, "version: 2")]
    [InlineData(1, "allow: [group:a&group:b]")]
    [InlineData(2, "allow: [everyone]\nfiles: [a.md]")]
    [InlineData(3, "allow: [everyone]\nfiles:\n  sub/a.md: { deny: [group:rh] }")]
    [InlineData(3, "allow: [everyone]\nfiles:\n  a.md: { deny: [rh] }")]
    [InlineData(3, "allow: [everyone]\nfiles:\n  a.md: { mode: 4 }")]
    [InlineData(1, "just a text")]
    [InlineData(1, "allow: &all [everyone]")]
    [InlineData(0, "allow: [everyone]\nlabel: \u00C3")]
    public void A_fault_opens_nothing_and_is_reported_with_its_line(int line, string yaml)
    {
        // The last case is cut in the middle of a letter.
        var bytes = Encoding.UTF8.GetBytes(yaml);
        File.WriteAllBytes(Path.Combine(_folder.Path, "permissions.yaml"), line == 0 ? bytes[..^1] : bytes);
        _folder.Write("a.md", "Le parking.");
        _folder.Write("sub/permissions.yaml", "inherit: false\nallow: [everyone]");
        _folder.Write("sub/a.md", "Le parking.");

        var (content, permissions) = Scan();

        var fault = Assert.Single(permissions.Faults);
        Assert.Equal(("permissions.yaml", line), (fault.Path, fault.Line));
        Assert.All(content.Items, file => Assert.Equal(AccessList.Nobody, file.Readers.Access));
        Assert.Equal(2, content.Items.Count);
    }

    [Fact]
    public void A_pattern_fits_a_name_in_either_form_of_its_accents()
    {
        _folder.Write(
            "permissions.yaml",
            "allow: [everyone]\nfiles:\n  \"congés.md\": { inherit: false, allow: [group:rh] }");
        _folder.Write(NormalForm.Of("congés.md", NormalizationForm.FormD), "Le parking.");

        Assert.Equal(
            new AccessList(["group:rh"], []),
            Assert.Single(Scan().Content.Items).Readers.Access);
    }

    [Fact]
    public void A_link_or_pipe_in_the_place_of_the_file_opens_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes are those of Linux");
        _folder.Write("pipe/a.md", "Le parking.");
        _folder.Write("link/a.md", "Le parking.");
        _folder.Write("open.yaml", "allow: [everyone]");
        MakePipe(Path.Combine(_folder.Path, "pipe", "permissions.yaml"));
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "link", "permissions.yaml"), "../open.yaml");

        var (content, permissions) = Scan();

        Assert.Equal(
            ["link/permissions.yaml", "pipe/permissions.yaml"],
            permissions.Faults.Select(fault => fault.Path),
            StringComparer.Ordinal);
        Assert.All(content.Items, file => Assert.Equal(AccessList.Nobody, file.Readers.Access));
    }

    [Fact]
    public void A_file_that_is_too_large_opens_nothing()
    {
        _folder.Write("permissions.yaml", "allow: [everyone]\n" + new string('#', PermissionFiles.SizeMaxBytes));
        _folder.Write("a.md", "Le parking.");

        var (content, permissions) = Scan();

        Assert.Single(permissions.Faults);
        Assert.Equal(AccessList.Nobody, content.Items.Single(file => file.Path is "a.md").Readers.Access);
    }

    [Fact]
    public void A_change_of_the_file_holds_for_the_next_file_that_is_opened()
    {
        _folder.Write("permissions.yaml", "allow: [everyone]");
        _folder.Write("a.md", "Le parking.");
        using var tree = SourceTree.Open(Source(_folder), new PermissionFiles());
        using var before = tree.OpenFile("a.md");
        _folder.Write("permissions.yaml", "allow: [group:direction]");

        using var after = tree.OpenFile("a.md");

        Assert.Equal(new AccessList(["everyone"], []), before!.Permission.Access);
        Assert.Equal(new AccessList(["group:direction"], []), after!.Permission.Access);
    }

    private static void MakePipe(string path)
    {
        if (OperatingSystem.IsLinux())
        {
            PosixFile.MakePipe(path);
        }
    }

    private static void AssertSame(ItemReaders expected, ItemReaders actual)
    {
        foreach (var asker in new[] { new Asker("a", ["g"]), new Asker("b", []), new Asker("c", ["g", "h"]) })
        {
            Assert.Equal(asker.MayRead(expected.Access), asker.MayRead(actual.Access));
        }

        Assert.Equal(expected.Label, actual.Label);
    }

    // All that is said on the way down, from the last entry on that starts anew.
    private static ItemReaders Expect(Level[] levels, string name)
    {
        var entries = levels.Where(level => level.IsThere).Select(level => level.Folder).ToList();
        if (levels[^1].IsThere)
        {
            entries.AddRange(levels[^1].Files.Where(file => IsMatch(file.Pattern, name)).Select(file => file.Entry));
        }

        var counted = entries.Skip(Math.Max(0, entries.FindLastIndex(entry => !entry.IsInherited))).ToArray();
        return new ItemReaders(
            new AccessList(
                [.. counted.SelectMany(entry => entry.Allow)],
                [.. counted.SelectMany(entry => entry.Deny)]),
            entries.LastOrDefault(entry => entry.Label.Length > 0)?.Label ?? "");
    }

    private static bool IsMatch(string pattern, string name) => pattern switch
    {
        "*" => true,
        "b*" => name[0] == 'b',
        "?.md" => name.Length == 4,
        _ => string.Equals(pattern, name, StringComparison.Ordinal),
    };

    private static (SourceContent Content, PermissionFiles Permissions) Scan(TestFolder folder)
    {
        var permissions = new PermissionFiles();
        using var tree = SourceTree.Open(Source(folder), permissions);
        return (FolderScan.Run(Source(folder), tree, TestContext.Current.CancellationToken), permissions);
    }

    private static SourceRecord Source(TestFolder folder) => new()
    {
        Id = "source",
        Collection = TestSite.Collection,
        Kind = "folder",
        Location = folder.Path,
        Permissions = "file",
    };

    private (SourceContent Content, PermissionFiles Permissions) Scan() => Scan(_folder);

    private sealed record Entry(bool IsInherited, string[] Allow, string[] Deny, string Label)
    {
        public string Yaml =>
            $"inherit: {(IsInherited ? "true" : "false")}, allow: [{string.Join(", ", Allow)}], "
            + $"deny: [{string.Join(", ", Deny)}], label: '{Label}'";
    }

    private sealed record Level(Entry Folder, (string Pattern, Entry Entry)[] Files, bool IsThere)
    {
        private string Patterns =>
            string.Join(", ", Files.Select(file => $"'{file.Pattern}': {{ {file.Entry.Yaml} }}"));

        public string Yaml => $"{{ {Folder.Yaml}, files: {{ {Patterns} }} }}";
    }
}

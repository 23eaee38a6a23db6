using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using CsCheck;
using Terroir.Access;
using Terroir.Ingestion.Folder;
using Terroir.Ingestion.Permissions;
using Terroir.Storage;

namespace Terroir.Tests.Ingestion;

/// <summary>The kernel's own answer: other people open the files of random trees, and who reads here must be among
/// who could open them.</summary>
[SupportedOSPlatform("linux")]
public sealed class KernelPermissionsTests : IDisposable
{
    // Names and numbers that Debian gives to every machine.
    private static readonly (uint Id, string Name)[] Users = [(1, "daemon"), (2, "bin"), (3, "sys")];
    private static readonly (uint Id, string Name)[] Groups = [(1, "daemon"), (2, "bin"), (3, "sys"), (4, "adm")];

    private static readonly Gen<Owned> Permissions = Gen.Select(
        Gen.Frequency((1, Gen.Const(0)), (3, Gen.Int[1, 3])),
        Gen.Int[1, 4],
        Gen.OneOf(7, 7, 6, 5, 4, 1, 0).Array[3],
        Gen.Bool,
        Gen.Select(Gen.Int[1, 3], Gen.Int[0, 7]).Array[0, 2],
        Gen.Select(Gen.Int[1, 4], Gen.Int[0, 7]).Array[0, 2],
        Gen.Int[1, 7],
        (owner, group, bits, hasList, users, groups, mask) => new Owned(
            (uint)owner,
            (uint)group,
            (bits[0] * 64) + (bits[1] * 8) + bits[2],
            !hasList ? null : new PosixList
            {
                Owner = bits[0],
                Users = [.. users.DistinctBy(entry => entry.Item1).Select(entry => ((uint)entry.Item1, entry.Item2))],
                OwningGroup = bits[1],
                Groups = [.. groups.DistinctBy(entry => entry.Item1).Select(entry => ((uint)entry.Item1, entry.Item2))],
                Mask = mask,
                Other = bits[2],
            }));

    private readonly TestFolder _folder = new();
    private readonly Dictionary<string, Owned> _owned = new(StringComparer.Ordinal);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whoever_reads_here_could_open_the_file(int seed)
    {
        PosixFile.SkipUnlessRoot();
        Assert.SkipUnless(File.Exists("/usr/bin/setpriv"), "setpriv is absent");
        var root = Grow(seed);
        var access = Scan(root);
        var (exactCount, narrowerCount) = (0, 0);

        foreach (var (user, groups) in People())
        {
            var asker = new Asker(
                Users.Single(known => known.Id == user).Name,
                groups.Select(group => Groups.Single(known => known.Id == group).Name));
            var opened = OpenAs(root, user, groups);
            foreach (var (path, list) in access)
            {
                var (here, onDisk) = (asker.MayRead(list), opened.Contains(path));

                Assert.True(onDisk || !here, $"{path} is read by {user} of {string.Join(',', groups)} here only");
                Assert.True(here == onDisk || MayBeNarrower(root, path), $"{path} is narrower without a reason");
                exactCount += here && onDisk ? 1 : 0;
                narrowerCount += onDisk && !here ? 1 : 0;
            }
        }

        Assert.True(exactCount > 100, $"{exactCount} readings were compared, {narrowerCount} were narrower");
    }

    // The two cases that the documentation names need a group that is refused where others may.
    private bool MayBeNarrower(string root, string path)
    {
        var bit = PosixReaders.Read;
        for (var place = Path.Combine(root, path); place.Length > root.Length; place = Path.GetDirectoryName(place)!)
        {
            var (_, _, mode, list) = _owned[place];
            var groups = list is null
                ? [(mode >> 3) & 7]
                : list.Groups.Select(entry => entry.Bits).Append(list.OwningGroup)
                    .Select(bits => bits & list.Mask!.Value);
            if ((mode & bit) != 0 && groups.Any(bits => (bits & bit) == 0))
            {
                return true;
            }

            bit = PosixReaders.Execute;
        }

        return false;
    }

    private static IEnumerable<(uint User, uint[] Groups)> People() =>
        from user in Users
        from groups in new uint[][] { [], [1], [2, 3], [1, 2, 4] }
        select (user.Id, groups);

    // Three folders deep, seven files in each folder.
    private string Grow(int seed)
    {
        PosixFile.SetMode(_folder.Path, 0x1ED);
        var random = new Random(seed);
        var root = Directory.CreateDirectory(Path.Combine(_folder.Path, "root")).FullName;
        var folders = new List<string> { root };
        for (var number = 0; number < 24; number++)
        {
            var above = folders[random.Next(folders.Count)];
            folders.Add(Directory.CreateDirectory(Path.Combine(above, $"d{number}")).FullName);
        }

        foreach (var folder in folders.Skip(1))
        {
            for (var number = 0; number < 7; number++)
            {
                var path = Path.Combine(folder, $"f{number}.md");
                File.WriteAllText(path, "Le parking.");
                Set(path, Draw(random));
            }
        }

        PosixFile.SetMode(root, 0x1ED);
        foreach (var folder in folders.Skip(1))
        {
            // Half of the folders let everyone pass, so that deep files are reached at all.
            Set(folder, random.Next(2) == 0 ? new Owned(0, 1, 0x1ED, List: null) : Draw(random));
        }

        return root;
    }

    private static Owned Draw(Random random) =>
        Permissions.Generate(new PCG((uint)random.Next(), (ulong)random.NextInt64()), null, out _);

    private void Set(string path, Owned owned)
    {
        _owned[path] = owned;
        PosixFile.SetMode(path, owned.Mode);
        PosixFile.Give(path, owned.User, owned.Group);
        if (owned.List is not null)
        {
            PosixFile.SetAcl(path, owned.List);
        }
    }

    private static Dictionary<string, AccessList> Scan(string root)
    {
        var source = new SourceRecord
        {
            Id = "source",
            Collection = TestSite.Collection,
            Kind = "folder",
            Location = root,
            Permissions = "posix",
        };
        using var tree = SourceTree.Open(source, new PosixPermissions(new PosixNames()));
        return FolderScan.Run(source, tree, TestContext.Current.CancellationToken).Items
            .ToDictionary(file => file.Path, file => file.Readers.Access, StringComparer.Ordinal);
    }

    // The shell opens each file itself; a test of '-r' would look at modes only.
    private static HashSet<string> OpenAs(string root, uint user, uint[] groups)
    {
        var files = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file));
        var start = new ProcessStartInfo("/usr/bin/setpriv")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(string.Create(CultureInfo.InvariantCulture, $"--reuid={user}"));
        start.ArgumentList.Add("--regid=65534");
        start.ArgumentList.Add(groups.Length == 0 ? "--clear-groups" : $"--groups={string.Join(',', groups)}");
        foreach (var argument in new[]
        {
            "sh", "-c", "while IFS= read -r f; do { true < \"$0/$f\"; } 2>/dev/null && echo \"$f\"; done; true", root,
        })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Write(string.Join('\n', files) + "\n");
        process.StandardInput.Close();
        var opened = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal((0, ""), (process.ExitCode, process.StandardError.ReadToEnd()));
        return [.. opened.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    private sealed record Owned(uint User, uint Group, int Mode, PosixList? List);
}

using System.Globalization;
using System.Security.Cryptography;

namespace Terroir.Crash;

/// <summary>Changes single things of a whole site at random, and looks each time whether the site notices.</summary>
/// <remarks>A change is found when the site does not open, or its checks (those of <c>terroir verify-store</c>) name a
/// problem. Else it must be harmless: everything that the site says of itself is read and is the same as before, so
/// that the change was of bytes that no reader reads, or was put right. All else is undetected, and a failure.
/// </remarks>
internal sealed class TamperCampaign(string folder, int changeCount, int seed)
{
    private const int CommitCount = 12;
    private const int AnswerCount = 30;

    private readonly string _sound = Path.Combine(folder, "sound");
    private readonly string _changed = Path.Combine(folder, "changed");
    private readonly SortedDictionary<string, (int Found, int Harmless, int Undetected)> _counts =
        new(StringComparer.Ordinal);

    /// <summary>Runs the campaign.</summary>
    /// <returns>The figures, a line for each kind of file, and how many changes were not noticed.</returns>
    public async Task<(string Text, int UndetectedCount)> RunAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_sound);
        await FillAsync(cancellationToken);
        var (problems, expected) = await LookAsync(_sound, cancellationToken);
        if (problems.Count > 0)
        {
            return ($"The site was not sound before: {problems[0]}", 1);
        }

        var random = new Random(seed);
        var kinds = Directory.GetFiles(_sound, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .ToLookup(KindOf, StringComparer.Ordinal);
        var names = kinds.Select(kind => kind.Key).Order(StringComparer.Ordinal).ToArray();
        var lines = new List<string>();
        for (var change = 0; change < changeCount; change++)
        {
            var kind = names[change % names.Length];
            var file = kinds[kind].ElementAt(random.Next(kinds[kind].Count()));
            Copy(_sound, _changed);
            var target = Path.Combine(_changed, Path.GetRelativePath(_sound, file));
            var what = Change(target, random);
            var (found, text) = await LookAsync(_changed, cancellationToken);
            var isSame = string.Equals(text, expected, StringComparison.Ordinal);
            var (f, h, u) = _counts.GetValueOrDefault(kind);
            _counts[kind] = found.Count > 0 ? (f + 1, h, u) : isSame ? (f, h + 1, u) : (f, h, u + 1);
            if (found.Count == 0 && !isSame)
            {
                lines.Add($"undetected: {what} of {Path.GetRelativePath(_sound, file)}: {Difference(expected, text)}");
            }
        }

        var undetected = _counts.Values.Sum(count => count.Undetected);
        lines.AddRange(_counts.Select(item => string.Create(
            CultureInfo.InvariantCulture,
            $"{item.Key}: {item.Value.Found} found, {item.Value.Harmless} harmless, "
            + $"{item.Value.Undetected} undetected")));
        lines.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{changeCount} changes, seed {seed}: {undetected} undetected"));
        return (string.Join('\n', lines), undetected);
    }

    private static string Difference(string expected, string text)
    {
        var (sound, changed) = (expected.Split('\n'), text.Split('\n'));
        var at = sound.Zip(changed).TakeWhile(pair => string.Equals(pair.First, pair.Second, StringComparison.Ordinal))
            .Count();
        return $"'{sound.ElementAtOrDefault(at)}' became '{changed.ElementAtOrDefault(at)}'";
    }

    private static string KindOf(string file) => file switch
    {
        _ when file.Contains("/tile/", StringComparison.Ordinal) => "tile",
        _ when file.Contains("/objects/l/", StringComparison.Ordinal) => "checkpoint",
        _ when file.Contains("/receipt/", StringComparison.Ordinal) => "receipt",
        _ when file.Contains("/person/", StringComparison.Ordinal) => "person's key",
        _ when file.Contains("/objects/m/", StringComparison.Ordinal) => "manifest",
        _ when file.Contains("/objects/", StringComparison.Ordinal) => "blob",
        _ => "metastore",
    };

    private static string Change(string file, Random random)
    {
        var bytes = File.ReadAllBytes(file);
        var at = random.Next(Math.Max(1, bytes.Length));
        switch (random.Next(8))
        {
            case 0:
                File.Delete(file);
                return "deletion";
            case 1:
                File.WriteAllBytes(file, bytes[..at]);
                return "cut";
            case 2:
                File.WriteAllBytes(file, [.. bytes[..at], 7, .. bytes[at..]]);
                return "insertion";
            default:
                if (bytes.Length > 0)
                {
                    bytes[at] ^= (byte)(1 << random.Next(8));
                }

                File.WriteAllBytes(file, bytes);
                return string.Create(CultureInfo.InvariantCulture, $"flip at {at}");
        }
    }

    private static void Copy(string source, string target)
    {
        if (Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
        }

        foreach (var folder in Directory.GetDirectories(source, "*", SearchOption.AllDirectories).Prepend(source))
        {
            Directory.CreateDirectory(Path.Combine(target, Path.GetRelativePath(source, folder)));
        }

        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(target, Path.GetRelativePath(source, file)));
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        await using var site = CrashSite.Open(_sound, TimeSpan.Zero);
        var random = new Random(seed);
        var collection = CrashSite.Collections[0];
        await site.Catalog.CreateCollectionAsync(collection, cancellationToken);
        await using var writer = await site.Catalog.OpenWriterAsync(collection, cancellationToken);
        var live = new Dictionary<int, CrashVersion>();
        for (var count = 0; count < CommitCount; count++)
        {
            var (change, commit) = CrashChange.Draw(random, collection, live);
            await writer.CommitAsync(commit, cancellationToken);
            change.ApplyTo(live);
        }

        for (var count = 0; count < AnswerCount; count++)
        {
            await site.Receipts.KeepAsync(count, cancellationToken);
        }

        await site.Ledger.FlushAsync(cancellationToken);
        await site.Maintenance.CollectGarbageAsync(TimeSpan.Zero, cancellationToken);
    }

    // What 'terroir verify-store' does, and then all that a reader can get.
    private static async Task<(IReadOnlyList<string> Problems, string Text)> LookAsync(
        string folder,
        CancellationToken cancellationToken)
    {
        try
        {
            await using var site = CrashSite.Open(folder, TimeSpan.FromHours(1));
            var store = await site.Maintenance.VerifyAsync(cancellationToken);
            var ledger = await site.LedgerMaintenance.VerifyAsync(cancellationToken);
            return store.Problems.Count + ledger.Problems.Count > 0
                ? ([.. store.Problems, .. ledger.Problems], "")
                : ([], await TamperReading.ReadAsync(site, cancellationToken));
        }
        catch (Exception exception) when (exception is TerroirException or CryptographicException
            or System.Text.Json.JsonException or FormatException or InvalidOperationException or IOException)
        {
            // Whatever stops the opening or the checks is noticed.
            return ([exception.GetType().Name], "");
        }
    }
}

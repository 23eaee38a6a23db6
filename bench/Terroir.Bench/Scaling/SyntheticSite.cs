using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Kinship;
using Terroir.Server;

namespace Terroir.Bench.Scaling;

/// <summary>A site of seeded documents: one to nine passages each, two of three in French, readable by some of 8,000
/// groups of very different sizes; one in ten by everybody, and some with an entry that denies.</summary>
internal sealed class SyntheticSite
{
    /// <summary>How many groups there are.</summary>
    public const int GroupCount = 8_000;

    private const int BatchCount = 4_096;
    private const int PassagesMax = 9;
    private const int Seed = 20_261_126;

    private static readonly CollectionId Collection = new("scale");

    private readonly SyntheticText _french = new([JudgedSet.Read("servicepublic-fr"), JudgedSet.Read("cnil-faq-fr")]);
    private readonly SyntheticText _english = new([JudgedSet.Read("scifact-en"), JudgedSet.Read("cranfield-en")]);
    private readonly ZipfSampler _groups = new(GroupCount);

    /// <summary>Someone who is in some groups, the large ones more likely.</summary>
    public static Asker Someone(int number, int groupCount)
    {
        var random = new Random(number);
        var groups = new ZipfSampler(GroupCount);
        var own = new HashSet<int>();
        while (own.Count < groupCount)
        {
            own.Add(own.Count < groupCount / 2 ? groups.Draw(random) : random.Next(GroupCount));
        }

        return new Asker($"someone-{number}", own.Select(group => $"{group}"));
    }

    /// <summary>Builds the site unless it is there.</summary>
    public async Task BuildAsync(string folder, int passageCount, CancellationToken cancellationToken)
    {
        if (File.Exists(Path.Combine(folder, "built")))
        {
            return;
        }

        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        SiteFolder.Create(folder);
        await using (var site = Site.Open(folder))
        {
            var catalog = site.Services.GetRequiredService<ICatalog>();
            await catalog.CreateCollectionAsync(Collection, cancellationToken);
            await using var writer = await catalog.OpenWriterAsync(Collection, cancellationToken);
            var left = passageCount;
            for (var first = 0; left > 0; first += BatchCount)
            {
                var batch = Prepare(first, BatchCount, ref left);
                await writer.CommitAsync(new CatalogChange { Added = batch }, cancellationToken);
                while (await writer.MergeAsync(cancellationToken))
                {
                }
            }
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "built"), "", cancellationToken);
    }

    /// <summary>Commits further documents, one batch after the other, until it is stopped.</summary>
    /// <returns>How many documents were committed.</returns>
    public async Task<int> IngestAsync(Site site, int first, int batchCount, CancellationToken stop)
    {
        var catalog = site.Services.GetRequiredService<ICatalog>();
        await using var writer = await catalog.OpenWriterAsync(Collection, CancellationToken.None);
        var count = 0;
        while (!stop.IsCancellationRequested)
        {
            var left = int.MaxValue;
            var batch = Prepare(first + count, batchCount, ref left);
            await writer.CommitAsync(new CatalogChange { Added = batch }, CancellationToken.None);
            while (!stop.IsCancellationRequested && await writer.MergeAsync(CancellationToken.None))
            {
            }

            count += batch.Count;
        }

        return count;
    }

    private List<PreparedDocument> Prepare(int first, int count, ref int passagesLeft)
    {
        var batch = new List<PreparedDocument>(count);
        for (var number = first; number < first + count && passagesLeft > 0; number++)
        {
            var document = Prepare(number, passagesLeft);
            passagesLeft -= document.Passages.Count;
            batch.Add(document);
        }

        return batch;
    }

    private PreparedDocument Prepare(int number, int passagesLeft)
    {
        var random = new Random(Seed + number);
        var isFrench = random.Next(3) > 0;
        var language = isFrench ? "fr" : "en";
        var passages = new List<Passage>();
        var text = new StringBuilder();
        var (end, count) = (0, Math.Min(passagesLeft, random.Next(1, PassagesMax + 1)));
        for (var ordinal = 0; ordinal < count; ordinal++)
        {
            var passage = (isFrench ? _french : _english).Draw(random);
            text.Append(passage).Append("\n\n");
            var (start, size) = (end, Encoding.UTF8.GetByteCount(passage));
            end += size + 2;
            passages.Add(new Passage
            {
                Ordinal = ordinal,
                Start = start,
                End = start + size,
                Language = language,
                Places = [new PlacedSpan(start, start + size, SourcePlace.Whole)],
            });
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return new PreparedDocument
        {
            Id = DocumentId.For(Collection, $"scale:{number}"),
            Source = "scale",
            Path = $"{number % 97:00}/document-{number}.md",
            Title = $"Document {number}",
            MediaType = "text/markdown",
            Language = language,
            ModifiedAt = DateTimeOffset.UnixEpoch.AddMinutes(number),
            Access = DrawAccess(random),
            Original = bytes,
            Text = bytes,
            Passages = passages,
            Fingerprint = TextSketch.Of(bytes),
        };
    }

    private AccessList DrawAccess(Random random)
    {
        if (random.Next(10) == 0)
        {
            return new AccessList([AccessList.Everyone], []);
        }

        var allow = Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"group:{_groups.Draw(random)}");
        var deny = random.Next(33) == 0 ? new[] { $"group:{_groups.Draw(random)}" } : [];
        return new AccessList([.. allow], deny);
    }
}

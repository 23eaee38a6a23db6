using System.Text;
using Terroir.Kinship;

namespace Terroir.Tests.Kinship;

/// <summary>Near duplicates among many texts.</summary>
public sealed class NearPairsTests
{
    private const int Seed = 20_261_126;
    private const int WordCount = 120;

    [Fact]
    public void Planted_copies_at_nine_tenths_are_found_and_nothing_else()
    {
        var random = new Random(Seed);
        var texts = Enumerable.Range(0, 500).Select(_ => Draw(random)).ToList();
        var planted = Enumerable.Range(0, 100).Select(number => (First: number, Second: 500 + number)).ToArray();
        texts.AddRange(planted.Select(pair => PlantedCopies.Edit(texts[pair.First], 0.9, random)).ToArray());

        var found = Find(texts).Select(pair => (pair.First, pair.Second)).ToArray();

        Assert.InRange(found.Intersect(planted).Count(), 98, 100);
        Assert.Empty(found.Except(planted));
    }

    [Fact]
    public void Many_copies_of_one_text_make_one_pair_each()
    {
        var text = Draw(new Random(Seed));
        var texts = Enumerable.Range(0, 100).Select(number => number % 2 == 0 ? text : $"{text} ");

        var found = Find([.. texts]);

        Assert.Equal(99, found.Count);
        Assert.All(found, pair => Assert.Equal((0, 1), (pair.First, pair.Likeness)));
    }

    [Fact]
    public void Texts_without_a_fingerprint_are_in_no_pair() =>
        Assert.Empty(NearPairs.Find([null, null, null], CancellationToken.None));

    [Fact]
    public void Pairs_that_share_a_text_are_one_group()
    {
        var groups = new JoinedNumbers(7, [(4, 5), (1, 2), (2, 4)]).Groups;

        Assert.Equal([1, 2, 4, 5], Assert.Single(groups));
    }

    private static IReadOnlyList<NearPair> Find(List<string> texts) => NearPairs.Find(
        [.. texts.Select(text => TextSketch.Of(Encoding.UTF8.GetBytes(text)))],
        CancellationToken.None);

    private static string Draw(Random random) =>
        string.Join(' ', Enumerable.Range(0, WordCount).Select(_ => $"mot{random.Next(2_000)}"));
}

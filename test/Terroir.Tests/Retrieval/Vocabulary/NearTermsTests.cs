using System.Text;
using CsCheck;
using Terroir.Retrieval.Segments;
using Terroir.Retrieval.Vocabulary;

namespace Terroir.Tests.Retrieval.Vocabulary;

public sealed class NearTermsTests
{
    private static readonly Gen<string> Word = Gen.String[Gen.Char["abcde"], 1, 9];

    [Fact]
    public void Skipping_finds_what_comparing_with_every_term_finds() =>
        Gen.Select(Word.Array[1, 40], Gen.String[Gen.Char["abcde"], 4, 9], Gen.Int[1, 2]).Sample(
            (words, asked, bound) =>
            {
                var reader = new SegmentReader(Build(string.Join(' ', words)));

                var found = NearTerms.Find(reader, "fr", asked, bound);

                Assert.Equal(
                    FindSlowly(reader, asked, bound),
                    found.Select(item => item.Term),
                    StringComparer.Ordinal);
            },
            iter: 300);

    [Fact]
    public void A_stem_fits_a_word_with_an_ending()
    {
        var reader = new SegmentReader(Build("hospitalisation parking"));

        var found = Assert.Single(NearTerms.Find(reader, "fr", "hospitalisatoin", bound: 2));

        Assert.StartsWith("fr:hospital", found.Term, StringComparison.Ordinal);
    }

    private static IEnumerable<string> FindSlowly(SegmentReader reader, string word, int bound)
    {
        for (var term = 0; term < reader.TermCount; term++)
        {
            var name = Encoding.UTF8.GetString(reader.Name(term));
            if (name.StartsWith("fr:", StringComparison.Ordinal)
                && name[3] == word[0]
                && Enumerable.Range(0, NearTerms.EndingLengthMax + 1)
                    .Where(ending => ending < word.Length)
                    .Any(ending => EditDistance.Of(name[3..], word[..^ending]) <= bound))
            {
                yield return name;
            }
        }
    }

    private static ReadOnlyMemory<byte> Build(string text) =>
        new PostingSegmentBuilder().Build(
            [TestDocuments.ForSegment(TestDocuments.Prepare("a", text))],
            CancellationToken.None).Content;
}

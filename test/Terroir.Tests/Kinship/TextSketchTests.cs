using System.Text;
using System.Text.Json;
using Terroir.Documents;
using Terroir.Kinship;
using Terroir.Storage;
using Terroir.Tests.Retrieval;

namespace Terroir.Tests.Kinship;

/// <summary>Fingerprints: the same everywhere, and true to what they estimate.</summary>
public sealed class TextSketchTests
{
    // Computed by another program. Rows keep fingerprints: other bytes for the same text would part copies.
    [Fact]
    public void A_fingerprint_is_the_same_on_every_machine() =>
        Assert.Equal(
            "OwRx_s9jP1LbVj_K_bZL0vKDKuwQidP-xbJ9UjGXQQBAArRw18x7lKvVKYqLz-qxav8rcRDYJETHXaBVjedI432VbDwH6YWv"
            + "TJsNxff9Xoami8nP0BOIfq7CA_PqVLLqcYtvSKfB8zHQR6xtIlxuDNQi1gLtsBMDH8dUZVNi538YXS_SAkiooZD-eSmTufD6",
            Fingerprint("Le parking du personnel ouvre à six heures et ferme à vingt-deux heures.").ToString());

    [Fact]
    public void Spaces_and_capitals_make_no_difference_and_accents_do()
    {
        var text = Fingerprint("Le congé est accordé par le chef de service.");

        Assert.True(Likeness.AreSame(text, Fingerprint("  LE CONGÉ est accordé\n par le chef de service.")));
        Assert.False(Likeness.AreSame(text, Fingerprint("Le congé est accorde par le chef de service.")));
        Assert.False(Likeness.AreSame(text, Fingerprint("Le congé est accordé par le chef de service !")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("--- *** … !")]
    public void A_text_without_words_has_no_fingerprint(string text) =>
        Assert.Null(TextSketch.Of(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_text_of_few_words_is_near_only_to_its_own_words()
    {
        var text = Fingerprint("Badge rouge");

        Assert.True(Likeness.AreNear(text, Fingerprint("badge, rouge")));
        Assert.False(Likeness.AreNear(text, Fingerprint("badge bleu")));
        Assert.False(Likeness.AreNear(text, other: null));
    }

    [Theory]
    [InlineData(0.95)]
    [InlineData(0.9)]
    [InlineData(0.7)]
    [InlineData(0.3)]
    public void The_estimate_stands_within_four_standard_errors(double similarity)
    {
        var common = (int)(2 * 500 * similarity / (1 + similarity));
        var texts = Enumerable.Range(0, 12).Select(seed => (
            One: Runs(seed * 10_000, common).Concat(Runs(2_000 + (seed * 10_000), 500 - common)),
            Other: Runs(seed * 10_000, common).Concat(Runs(4_000 + (seed * 10_000), 500 - common))));
        var exact = common / (1_000.0 - common);
        var error = Math.Sqrt(exact * (1 - exact) / TextFingerprint.SketchSizeBytes);

        var estimates = texts.Select(pair => Likeness.Of(Sketched([.. pair.One], 1), Sketched([.. pair.Other], 2)))
            .ToArray();

        Assert.All(estimates, estimate => Assert.InRange(estimate, exact - (4 * error), exact + (4 * error)));
        Assert.InRange(estimates.Average(), exact - error, exact + error);
    }

    [Fact]
    public void A_row_keeps_its_fingerprint_and_one_without_reads_as_before()
    {
        var row = TestDocuments.Describe(TestDocuments.Prepare("a", "Le parking ouvre.")) with { Fingerprint = null };
        var marked = row with { Fingerprint = Fingerprint("Le parking ouvre à six heures.") };

        Assert.DoesNotContain("fingerprint", Encoding.UTF8.GetString(row.ToJson()), StringComparison.Ordinal);
        Assert.Null(DocumentVersion.FromJson(row.ToJson()).Fingerprint);
        Assert.Equal(marked.Fingerprint, DocumentVersion.FromJson(marked.ToJson()).Fingerprint);
    }

    [Fact]
    public void A_row_with_a_damaged_fingerprint_is_refused()
    {
        var row = TestDocuments.Describe(TestDocuments.Prepare("a", "b")) with { Fingerprint = Fingerprint("b") };
        var json = Encoding.UTF8.GetString(row.ToJson())
            .Replace("\"fingerprint\":\"", "\"fingerprint\":\"AA", StringComparison.Ordinal);

        Assert.Throws<JsonException>(() => DocumentVersion.FromJson(Encoding.UTF8.GetBytes(json)));
    }

    private static TextFingerprint Fingerprint(string text) => TextSketch.Of(Encoding.UTF8.GetBytes(text))!;

    private static IEnumerable<ulong> Runs(int first, int count) =>
        Enumerable.Range(first, count).SelectMany(number => TextSketch.Runs($"run {number}"));

    private static TextFingerprint Sketched(ulong[] runs, byte hash) =>
        TextFingerprint.Of([.. Enumerable.Repeat(hash, TextFingerprint.HashSizeBytes)], TextSketch.Sketch(runs));
}

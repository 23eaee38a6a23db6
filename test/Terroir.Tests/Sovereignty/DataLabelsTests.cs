using System.Collections.Immutable;
using CsCheck;
using Terroir.Sovereignty;

namespace Terroir.Tests.Sovereignty;

public sealed class DataLabelsTests
{
    private static readonly Gen<ImmutableSortedSet<string>> Words =
        Gen.Int[0, 2].Select(number => "abc"[number].ToString()).Array[0, 3]
            .Select(words => words.ToImmutableSortedSet(StringComparer.Ordinal));

    private static readonly Gen<ImmutableSortedSet<string>?> Limits =
        Gen.OneOf(
            Gen.Const((ImmutableSortedSet<string>?)null),
            Words.Select(words => (ImmutableSortedSet<string>?)words));

    private static readonly Gen<DataLabels> Labels =
        Gen.Select(Gen.Enum<Classification>(), Limits, Words, Limits, Words).Select(drawn => new DataLabels
        {
            Classification = drawn.Item1,
            Countries = drawn.Item2,
            Personal = drawn.Item3,
            Purposes = drawn.Item4,
            Contracts = drawn.Item5,
        });

    [Fact]
    public void The_order_in_which_labels_are_joined_changes_nothing() =>
        Gen.Select(Labels, Labels, Labels).Sample((a, b, c) =>
        {
            Assert.Equal(a.Join(b), b.Join(a));
            Assert.Equal(a.Join(b).Join(c), a.Join(b.Join(c)));
        });

    [Fact]
    public void Labels_joined_with_themselves_or_with_nothing_stay_the_same() =>
        Labels.Sample(labels =>
        {
            Assert.Equal(labels, labels.Join(labels));
            Assert.Equal(labels, labels.Join(new DataLabels()));
        });

    [Fact]
    public void A_join_is_never_less_strict_than_what_it_joins() =>
        Gen.Select(Labels, Labels).Sample((a, b) =>
        {
            var joined = a.Join(b);

            Assert.Equal(joined, joined.Join(a));
            Assert.True(joined.Classification >= a.Classification);
            Assert.True(joined.Personal.IsSupersetOf(a.Personal));
            Assert.True(joined.Contracts.IsSupersetOf(a.Contracts));
            Assert.True(a.Countries is null || joined.Countries!.IsSubsetOf(a.Countries));
        });

    [Fact]
    public void Redaction_leaves_what_a_text_says_of_health()
    {
        var labels = new DataLabels { Personal = ["contact", "health", "identity"] };

        Assert.Equal(["health"], labels.Redact().Personal);
    }
}

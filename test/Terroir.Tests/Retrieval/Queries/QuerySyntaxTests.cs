using CsCheck;
using Terroir.Retrieval.Queries;

namespace Terroir.Tests.Retrieval.Queries;

public sealed class QuerySyntaxTests
{
    [Theory]
    [InlineData("mot de passe")]
    [InlineData("\"mot de passe")]
    [InlineData("mot \"\" passe")]
    [InlineData("- mot -5 --mot")]
    [InlineData("heure:12 type:inconnu after:hier before:2024-13-01 title: label:")]
    [InlineData("l'article L1234-5, 12:30")]
    public void Signs_that_are_not_complete_or_not_known_are_words(string query)
    {
        var parsed = QuerySyntax.Parse(query);

        Assert.Equal(query, parsed.Words);
        Assert.Empty(parsed.Phrases);
        Assert.Empty(parsed.Titles);
        Assert.Empty(parsed.Excluded);
        Assert.Null(parsed.Rows);
    }

    [Theory]
    [InlineData("\"Mot de PASSE\" perdu")]
    [InlineData("«\u00A0Mot de passe\u00A0» perdu")]
    [InlineData("“mot-de-passe” perdu")]
    public void Quotes_make_a_phrase_whose_words_rank_too(string query)
    {
        var parsed = QuerySyntax.Parse(query);

        Assert.Equal(["mot", "de", "passe"], Assert.Single(parsed.Phrases).Words);
        Assert.Equal(query, parsed.Words);
    }

    [Fact]
    public void Fields_leave_the_words_and_a_title_ranks()
    {
        var parsed = QuerySyntax.Parse(
            "garde title:\"Horaires d’été\" type:pdf label:interne after:2024-01-01 avant:31/12/2025 -week-end");

        Assert.Equal(["horaires", "d", "ete"], Assert.Single(parsed.Titles).Words);
        Assert.Equal(["application/pdf"], parsed.Rows!.MediaTypes);
        Assert.Equal(["interne"], parsed.Rows.Labels);
        Assert.Equal(new DateOnly(2024, 1, 1), parsed.Rows.After);
        Assert.Equal(new DateOnly(2025, 12, 31), parsed.Rows.Before);
        Assert.Equal(["week-end"], parsed.Excluded);
        Assert.Equal(
            ["garde", "\"Horaires", "d’été\""],
            parsed.Words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void The_narrowest_days_hold()
    {
        var rows = QuerySyntax.Parse("after:2024 après:2023-05 before:2025 before:2026-01").Rows!;

        Assert.Equal(new DateOnly(2024, 1, 1), rows.After);
        Assert.Equal(new DateOnly(2025, 1, 1), rows.Before);
    }

    [Fact]
    public void What_is_beyond_a_bound_is_words()
    {
        var parsed = QuerySyntax.Parse(string.Join(' ', Enumerable.Repeat("\"a b\" -c label:d", 20)));

        Assert.Equal(QuerySyntax.PhraseCountMax, parsed.Phrases.Count);
        Assert.Equal(QuerySyntax.ExcludedCountMax, parsed.Excluded.Count);
        Assert.Equal(QuerySyntax.ValueCountMax, parsed.Rows!.Labels.Count);
        Assert.Contains("-c label:d", parsed.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_a_query_and_its_words_stay_where_they_are() =>
        Gen.Frequency((3, Gen.String[Gen.Char["\"«»“” -:ab/1titleype\t"], 0, 60]), (1, Gen.String)).Sample(
            query =>
            {
                var words = QuerySyntax.Parse(query).Words;

                Assert.Equal(query.Length, words.Length);
                Assert.All(words.Zip(query), pair => Assert.True(pair.First == pair.Second || pair.First == ' '));
            },
            iter: 2_000);
}

using System.Reflection;
using System.Text.RegularExpressions;
using Terroir.Documents;
using Terroir.Retrieval.Queries;
using Terroir.Web;

namespace Terroir.Server.Tests.Web;

public sealed partial class ConsoleTextTests
{
    private static readonly ConsoleText[] Languages = [ConsoleText.French, ConsoleText.English];

    [Fact]
    public void French_words_keep_the_spaces_and_apostrophes_of_french_typography() =>
        Assert.DoesNotContain(Words(ConsoleText.French), text => Misprint().IsMatch(text));

    [Fact]
    public void Every_word_is_there_in_both_languages() =>
        Assert.All(Languages, language => Assert.All(Words(language), text => Assert.NotEmpty(text)));

    [Fact]
    public void Every_reason_of_the_quarantine_has_words_in_both_languages() =>
        Assert.All(Languages, language =>
            Assert.Equal(Enum.GetValues<UnreadableReason>().Order(), language.Reasons.Keys.Order()));

    [Fact]
    public void The_search_page_offers_the_same_kinds_of_files_in_both_languages_and_each_means_some() =>
        Assert.All(SearchText.French.Types.Keys, type =>
        {
            Assert.NotEmpty(MediaTypeNames.Find(type));
            Assert.Contains(type, SearchText.English.Types);
        });

    [Theory]
    [InlineData("", "fr")]
    [InlineData("fr", "fr")]
    [InlineData("en", "en")]
    [InlineData("en-GB,en;q=0.9", "en")]
    [InlineData("de,en;q=0.8,fr;q=0.5", "en")]
    [InlineData("de", "fr")]
    [InlineData("friulian,english", "fr")]
    public void The_language_is_the_first_of_the_two_that_is_accepted(string accepted, string expected) =>
        Assert.Equal(expected, ConsoleText.For(accepted).Language);

    [Theory]
    [InlineData("2026-11-26T23:30:00Z", "26 novembre 2026", "26 November 2026")]
    [InlineData("2026-03-01T00:00:00Z", "1er mars 2026", "1 March 2026")]
    [InlineData("2026-02-01T00:30:00+01:00", "31 janvier 2026", "31 January 2026")]
    public void A_date_is_written_in_full(string time, string french, string english)
    {
        var date = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(french, ConsoleText.French.Date(date));
        Assert.Equal(english, ConsoleText.English.Date(date));
    }

    private static IEnumerable<string> Words(ConsoleText text) => typeof(ConsoleText)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.PropertyType == typeof(string))
        .Select(property => (string)property.GetValue(text)!)
        .Concat(text.RefusedAdvice)
        .Concat(text.Reasons.Values)
        .Concat(Words(SearchText.For(text)));

    private static IEnumerable<string> Words(SearchText text) => typeof(SearchText)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.PropertyType == typeof(string))
        .Select(property => (string)property.GetValue(text)!)
        .Concat(text.Types.Values)
        .Concat(text.Origins.Values)
        .Concat(text.Parts.Values);

    [GeneratedRegex(
        @"(?<!\u00A0):|(?<!\u202F)[;?!]|(?<!\u00A0)»|«(?!\u00A0)|\p{L}'\p{L}|\d \d",
        RegexOptions.ExplicitCapture,
        1_000)]
    private static partial Regex Misprint();
}

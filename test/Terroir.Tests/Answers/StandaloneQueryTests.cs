using CsCheck;
using Terroir.Answers.Conversations;
using Terroir.Retrieval;

namespace Terroir.Tests.Answers;

public sealed class StandaloneQueryTests
{
    [Theory]
    [InlineData("Qui déclenche le plan blanc ?", "Où se range le défibrillateur du service ?")]
    [InlineData("Qui déclenche le plan blanc ?", "Y a-t-il une crèche à l'hôpital ?")]
    [InlineData("Who starts the white plan?", "Where is the staff canteen?")]
    [InlineData("", "Combien coûte-t-il ?")]
    public void A_question_that_stands_alone_is_left_as_it_is(string earlier, string question) =>
        Assert.Equal(question, StandaloneQuery.Of(question, earlier));

    [Theory]
    [InlineData(
        "Combien coûte l'abonnement mensuel ?",
        "Où s'achète-t-il ?",
        "Où s'achète-t-il ? (abonnement mensuel)")]
    [InlineData(
        "Qui déclenche le plan blanc ?",
        "Et pour les urgences ?",
        "Et pour les urgences ? (déclenche plan blanc)")]
    [InlineData(
        "Where is the staff canteen?",
        "When does it open?",
        "When does it open? (staff canteen)")]
    public void A_question_that_leans_on_the_one_before_takes_its_words(
        string earlier,
        string question,
        string query) =>
        Assert.Equal(query, StandaloneQuery.Of(question, earlier));

    [Fact]
    public void A_query_is_never_longer_than_a_question_may_be_and_begins_with_the_question() =>
        Gen.Select(Gen.String[0, 300], Gen.String[1, 300], Gen.Int[0, 20]).Sample((earlier, question, times) =>
        {
            var asked = string.Concat(Enumerable.Repeat(question, times + 1));
            asked = asked[..Math.Min(asked.Length, SearchRequest.QueryLengthMax)];
            var query = StandaloneQuery.Of(asked, string.Concat(Enumerable.Repeat(earlier, times)));
            return query.StartsWith(asked, StringComparison.Ordinal) && query.Length <= SearchRequest.QueryLengthMax;
        });
}

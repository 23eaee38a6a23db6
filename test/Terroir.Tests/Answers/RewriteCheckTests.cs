using Terroir.Answers.Conversations;

namespace Terroir.Tests.Answers;

public sealed class RewriteCheckTests
{
    private static readonly string[] Earlier =
        ["Qui déclenche le plan blanc à l’hôpital Nord ?", "Combien de lits sont ouverts en 2024 ?"];

    [Theory]
    [InlineData("Et pour les urgences ?", "Qui déclenche le plan blanc pour les urgences ?")]
    [InlineData("Et pour les urgences ?", "Et pour les urgences ?")]
    [InlineData("Quand est-il levé ?", "Quand le plan blanc est-il levé ?")]
    [InlineData("Et s’il ne suffit pas ?", "Et si le plan blanc ne suffit pas ?")]
    public void A_question_made_of_the_askers_words_holds(string question, string rewritten) =>
        Assert.True(RewriteCheck.Holds(rewritten, question, Earlier));

    [Theory]
    [InlineData("Qui déclenche le plan rouge pour les urgences ?")]
    [InlineData("Qui déclenche le plan blanc pour les urgences de Mercure ?")]
    [InlineData("Qui déclenche le plan blanc pour les urgences en 2025 ?")]
    [InlineData("Qui ne déclenche pas le plan blanc pour les urgences ?")]
    [InlineData("Le directeur déclenche le plan blanc pour les urgences.")]
    public void A_word_name_number_or_negation_of_the_model_is_refused(string rewritten) =>
        Assert.False(RewriteCheck.Holds(rewritten, "Et pour les urgences ?", Earlier));

    [Theory]
    [InlineData("Et pour les urgences ?", "Qui déclenche le plan blanc ?")]
    [InlineData("Et s’il ne suffit pas ?", "Et si le plan blanc suffit ?")]
    [InlineData("Et pour les urgences ?", "")]
    [InlineData("Et pour les urgences ?", "Et pour\nles urgences ?")]
    public void A_question_that_loses_what_was_asked_or_is_none_is_refused(string question, string rewritten) =>
        Assert.False(RewriteCheck.Holds(rewritten, question, Earlier));
}

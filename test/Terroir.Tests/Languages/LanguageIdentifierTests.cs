using Terroir.Languages;

namespace Terroir.Tests.Languages;

public sealed class LanguageIdentifierTests
{
    [Theory]
    [InlineData("Quel est le prix d'un café ?", "fr")]
    [InlineData("Combien de RTT pour un agent ?", "fr")]
    [InlineData("Où jeter une aiguille", "fr")]
    [InlineData("Whom do I call about lost property?", "en")]
    [InlineData("At what time does the desk close?", "en")]
    [InlineData("Visiting hours on Sunday?", "en")]
    [InlineData("Wie viel kostet das Zimmer und der Parkplatz?", "de")]
    [InlineData("4118", "fr")]
    public void A_question_has_the_language_of_its_small_words(string question, string language) =>
        Assert.Equal(language, LanguageIdentifier.Identify(question, "fr"));
}

using Terroir.Retrieval.Queries;
using Terroir.Retrieval.Text;

namespace Terroir.Tests.Retrieval.Queries;

public sealed class WordKeysTests
{
    [Theory]
    [InlineData("parkings", "en:park en:park")]
    [InlineData("parking parkings", "en:park en:park")]
    [InlineData("the parking", "en:park en:park fr:the")]
    [InlineData("l'hôpital", "en:l'hopit en:l'hopit")]
    [InlineData("", "")]
    public void Terms_of_one_word_share_a_key(string text, string expected)
    {
        var keys = WordKeys.Of(TextAnalysis.Analyze(text, "fr"), TextAnalysis.Analyze(text, "en"));

        Assert.Equal(expected, string.Join(' ', keys.Values.Order(StringComparer.Ordinal)));
    }
}

using System.Text;
using CsCheck;

namespace Terroir.Tests;

public sealed class NormalFormTests
{
    private static readonly string[] Pieces =
        ["a", "e\u0301", "é", "\uFFFE", "\uD800", "\uDC00", "\U0001D518", "\uFFFF", "\u0323", "ﬁ", "각"];

    [Theory]
    [InlineData("e\u0301\uFFFEe\u0301", "é\uFFFEé")]
    [InlineData("\uD800e\u0301", "\uD800é")]
    [InlineData("\uFFFE", "\uFFFE")]
    [InlineData("", "")]
    public void What_is_no_character_stays_and_the_rest_is_normalised(string text, string expected) =>
        Assert.Equal(expected, NormalForm.Of(text));

    [Fact]
    public void Every_string_has_a_normal_form_of_its_own() =>
        Gen.Select(Gen.Int[0, Pieces.Length - 1].Array[0, 12], Gen.Enum<NormalizationForm>()).Sample((picks, form) =>
        {
            var normal = NormalForm.Of(string.Concat(picks.Select(pick => Pieces[pick])), form);

            Assert.Equal(normal, NormalForm.Of(normal, form));
        });

    [Fact]
    public void A_whole_text_gets_the_form_of_the_standard() =>
        Assert.Equal("caf\u00E9 \u1E69 fi", NormalForm.Of("cafe\u0301 s\u0307\u0323 \uFB01", NormalizationForm.FormKC));
}

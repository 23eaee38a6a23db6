using Terroir.Readers.Pdf;

namespace Terroir.Tests.Readers.Pdf;

public sealed class TexFontsTests
{
    [Theory]
    [InlineData("BIKXFS+CMSY10", '2', "∈")]
    [InlineData("CMSY8", '\0', "−")]
    [InlineData("BKSOJG+CMMI10", '\u000d', "γ")]
    [InlineData("BKSOJG+CMMI10", ';', ",")]
    [InlineData("AAABNJ+CMR10", '\u000e', "ffi")]
    [InlineData("AAABNJ+CMR10", 'a', "a")]
    [InlineData("YMYJLL+CMEX10", 'X', "∑")]
    [InlineData("CMMI7", '\u00ae', "α")]
    public void A_code_of_a_font_without_encoding_is_the_letter_that_it_draws(string font, char code, string letter) =>
        Assert.Equal(letter, TexFonts.LetterOf(TexFonts.TableOf(font)!, code));

    [Fact]
    public void Another_font_has_no_table() => Assert.Null(TexFonts.TableOf("ABCDEF+Helvetica"));
}

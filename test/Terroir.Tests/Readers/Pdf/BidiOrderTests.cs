using CsCheck;
using Terroir.Readers.Pdf;

namespace Terroir.Tests.Readers.Pdf;

public sealed class BidiOrderTests
{
    [Theory]
    [InlineData("םולש", "שלום")]
    [InlineData("Python תפש", "שפת Python")]
    [InlineData("2024 תנש", "שנת 2024")]
    [InlineData("(ןכ) 47.500", "47.500 (כן)")]
    public void A_line_of_right_to_left_text_is_put_in_the_order_it_is_spoken(string visual, string logical) =>
        Assert.Equal(logical, BidiOrder.ToLogical(visual, isRightToLeft: true));

    [Fact]
    public void A_word_of_right_to_left_letters_within_other_text_is_turned_alone() =>
        Assert.Equal("le mot שלום ici", BidiOrder.ToLogical("le mot םולש ici", isRightToLeft: false));

    [Fact]
    public void Text_without_right_to_left_letters_stays_as_it_is() =>
        Gen.Char[' ', '\u04ff'].Array[0, 40].Sample(letters =>
            Assert.Equal(new string(letters), BidiOrder.ToLogical(new string(letters), isRightToLeft: true)));

    [Fact]
    public void Turning_twice_gives_the_text_back() =>
        Gen.OneOf(Gen.Char['א', 'ת'], Gen.Char['a', 'z']).Array[0, 30].Sample(letters =>
            Assert.Equal(new string(letters), BidiOrder.Reverse(BidiOrder.Reverse(new string(letters)))));
}

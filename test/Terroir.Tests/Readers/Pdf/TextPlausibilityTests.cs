using Terroir.Readers.Pdf;

namespace Terroir.Tests.Readers.Pdf;

public sealed class TextPlausibilityTests
{
    private const string French =
        "Toute modification de la posologie est inscrite dans le dossier du patient et signée par "
        + "le médecin qui l'a décidée ; l'infirmière vérifie l'identité du patient avant chaque injection.";

    private const string Polish = "Każda zmiana dawkowania jest wpisywana do dokumentacji pacjenta i podpisywana przez "
        + "lekarza, który podjął decyzję; pielęgniarka sprawdza tożsamość pacjenta przed każdym zastrzykiem.";

    private const string German = "Jede Änderung der Dosierung wird in die Akte des Patienten eingetragen und vom Arzt "
        + "unterschrieben; die Pflegekraft prüft vor jeder Injektion die Identität des Patienten.";

    [Theory]
    [InlineData(French)]
    [InlineData(German)]
    [InlineData(Polish)]
    [InlineData("Réf. B12A-44, lot 7C9, 12×30 mg, 3x², cf. annexe_2.xlsx, https://exemple.fr/a?b=1 ; " + French)]
    public void Text_of_a_language_is_plausible(string text)
    {
        Assert.False(Of(text).IsPoor(isHidden: false), $"{Of(text)}");
        Assert.False(Of(text).IsPoor(isHidden: true), $"{Of(text)}");
    }

    [Fact]
    public void Text_whose_letters_stand_for_others_is_poor_however_they_are_exchanged()
    {
        for (var by = 1; by < 26; by++)
        {
            var text = new string([.. French.ToLowerInvariant().Select(letter => char.IsAsciiLetter(letter)
                ? (char)('a' + ((letter - 'a' + by) % 26))
                : letter)]);

            Assert.True(Of(text).IsPoor(isHidden: false), $"by {by}: {Of(text)}");
            Assert.InRange(Of(text).Fault, 0.5, 1);
        }
    }

    [Fact]
    public void A_page_recognised_before_is_held_to_more_than_one_with_letters_of_its_own()
    {
        var text = French + " m0difier, v;rifier, dé~ider";

        Assert.True(Of(text).IsPoor(isHidden: true), $"{Of(text)}");
        Assert.False(Of(text).IsPoor(isHidden: false), $"{Of(text)}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("12 345,60 € 7A9 B2 x y z 1,2 (3) 44.5 % 17/03/2024 00:15 - - - ....")]
    [InlineData("Приказ о порядке хранения лекарственных препаратов действует с первого января для всех отделений.")]
    [InlineData("在医院药房中，所有冷藏药品到货后必须立即放入冷库，并且每天记录两次温度。负责人签字确认。")]
    public void What_is_not_in_latin_words_is_not_judged(string text) =>
        Assert.False(Of(text).IsPoor(isHidden: true), $"{Of(text)}");

    private static TextPlausibility Of(string text) => TextPlausibility.Of(text.Split(' '));
}

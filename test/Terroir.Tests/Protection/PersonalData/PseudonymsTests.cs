using CsCheck;
using Terroir.Protection.PersonalData;

namespace Terroir.Tests.Protection.PersonalData;

public sealed class PseudonymsTests
{
    private static readonly PersonalDataScanner Scanner = new(new PersonalDataOptions());

    private static readonly Gen<string> Texts = Gen.OneOf(
        "Madame Jeanne Martin",
        "Martin",
        "Monsieur Paul Martin-Durand",
        "Martinique",
        "06 12 34 56 78",
        "04 72 11 22 33",
        "jeanne.martin@exemple.fr",
        "[PERSON_1]",
        "[PHONE_1.2]",
        "PERSON_1",
        "né le 3 mars 1961",
        "[2]",
        ".",
        "\n",
        "le dossier de",
        "é\U0001F3E5").Array[0, 30].Select(parts => string.Join(' ', parts));

    [Fact]
    public void A_text_comes_back_as_it_was_and_nothing_that_was_found_is_left() => Texts.Sample(text =>
    {
        var findings = Scanner.Scan(text);
        var names = new Pseudonyms();
        var replaced = names.Replace(text, findings);

        Assert.Equal(text, names.Restore(replaced));
        Assert.Equal(findings.Count > 0, names.Count > 0);
        var known = findings.Select(finding => finding.Text).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(Scanner.Scan(replaced), finding => known.Contains(finding.Text));
    });

    [Fact]
    public void Two_forms_of_a_name_are_one_person_and_two_people_are_two()
    {
        const string Text = "Madame Jeanne Martin et Monsieur Paul Durand. Madame Martin signe, Jeanne Martin aussi.";
        var names = new Pseudonyms();

        var replaced = names.Replace(Text, Scanner.Scan(Text));

        Assert.Equal(
            "Madame [PERSON_1] et Monsieur [PERSON_2]. Madame [PERSON_1.2] signe, [PERSON_1] aussi.",
            replaced);
        Assert.Equal("Martin, puis Paul Durand", names.Restore("[PERSON_1.2], puis PERSON_2"));
        Assert.Equal("[PERSON_7]", names.Restore("[PERSON_7]"));
    }
}

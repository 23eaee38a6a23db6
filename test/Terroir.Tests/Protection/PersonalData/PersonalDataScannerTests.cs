using System.Text;
using CsCheck;
using Terroir.Protection.PersonalData;

namespace Terroir.Tests.Protection.PersonalData;

public sealed class PersonalDataScannerTests
{
    private static readonly PersonalDataScanner Scanner = new(new PersonalDataOptions());

    // Code that was generated for a bounded lazy loop over a group never came back from this one: dotnet/runtime
    // 129628.
    [Fact]
    public void A_code_in_two_parts_behind_a_street_ends_the_search() =>
        Assert.DoesNotContain(
            Scanner.Scan("(Crepic) 1 bis rue de Lutèce 75 195 Paris Cedex 04 certains pays étrangers ne reconnaissent "
                + "pas le  permis de conduire français, ou demandent une traduction"),
            finding => string.Equals(finding.Kind, PersonalDataKind.Address, StringComparison.Ordinal));

    [Theory]
    [InlineData("nir", "N° de sécurité sociale : {2 55 08 14 168 025 38}")]
    [InlineData("nir", "Assuré {255081416802538}.")]
    [InlineData("siren", "immatriculée au RCS de Lyon sous le numéro {732 829 320}")]
    [InlineData("siret", "SIRET {732 829 320 00074}")]
    [InlineData("vat", "TVA intracommunautaire {FR44732829320}")]
    [InlineData("vat", "USt-IdNr. {DE136695976}")]
    [InlineData("iban", "IBAN : {FR76 3000 6000 0112 3456 7890 189}")]
    [InlineData("iban", "virement sur {DE89370400440532013000} demain")]
    [InlineData("bic", "BIC {AGRIFRPP}")]
    [InlineData("card", "payé par {4970 1012 3456 7893}")]
    [InlineData("rpps", "RPPS {10003456786}")]
    [InlineData("phone", "Tél. {04 72 11 22 33}")]
    [InlineData("phone", "appelez le {+33 6 12 34 56 78}")]
    [InlineData("phone", "appelez le {+32 2 555 12 12}")]
    [InlineData("email", "écrire à {marie.dupont@exemple.fr}.")]
    [InlineData("ip", "depuis {192.168.1.12}")]
    [InlineData("ip", "depuis {2001:db8::8a2e:370:7334} hier")]
    [InlineData("mac", "poste {00:1A:2B:3C:4D:5E}")]
    [InlineData("plate", "véhicule {AB-123-CD}")]
    [InlineData("plate", "véhicule immatriculé {123 ABC 75}")]
    [InlineData("passport", "passeport n° {12AB34567}")]
    [InlineData("identity-card", "carte d'identité n° {880692310285}")]
    [InlineData("mrz", "P<\n{L898902C36UTO7408122F1204159ZE184226B<<<<<10}")]
    [InlineData("birth-date", "née le {12/03/1954} à Lyon")]
    [InlineData("bic", "BIC : {AGRIFRPP882}, virement de Lyssia DECHAUME")]
    [InlineData("bic", "compte {AGRIFRPP} (BIC)")]
    [InlineData("birth-date", "Madame Claire Fontaine ({12/03/1954})")]
    [InlineData("birth-date", "Date de naissance : {3 août 1987}")]
    [InlineData("address", "demeurant {14 bis rue des Lilas, 69003 Lyon}")]
    [InlineData("patient-number", "IPP : {00482913}")]
    [InlineData("national-id-be", "{85.07.30-033.28}")]
    [InlineData("national-id-es", "DNI {12345678Z}")]
    [InlineData("national-id-it", "{RSSMRA85T10A562S}")]
    [InlineData("national-id-fi", "{131052-308T}")]
    [InlineData("person", "Madame {Claire Fontaine} est venue.")]
    [InlineData("person", "le Dr {Benali}, cardiologue")]
    [InlineData("person", "Nom : {MOREAU}\nService : urgences")]
    [InlineData("person", "avec {Paul Lefèvre}, son fils")]
    [InlineData("person", "{Anne de La Tour}, née le 3 mai 1960")]
    public void It_finds(string kind, string marked)
    {
        var start = marked.IndexOf('{', StringComparison.Ordinal);
        var end = marked.IndexOf('}', StringComparison.Ordinal);
        var wanted = marked[(start + 1)..end];
        var text = $"{marked[..start]}{wanted}{marked[(end + 1)..]}";

        var found = Assert.Single(
            Scanner.Scan(text),
            finding => string.Equals(finding.Kind, kind, StringComparison.Ordinal));

        Assert.Equal(wanted, found.Text);
    }

    [Theory]
    [InlineData("La somme de 12 345 678 euros est due.")]
    [InlineData("Le total est de 732 829 320 unités.")]
    [InlineData("Version 2.1.3.4 du logiciel")]
    [InlineData("La facture (12/03/2024) est due.")]
    [InlineData("Réf. 2024-117-22 du 12.03.2024")]
    [InlineData("Prendre 5 mg deux fois par jour, de 8 h 30 à 18 h 45.")]
    [InlineData("Madame la Directrice, Monsieur le Maire,")]
    [InlineData("L'HOPITAL a fourni 123456789 doses.")]
    [InlineData("N° de sécurité sociale : 2 55 08 14 168 025 39")]
    [InlineData("IBAN : FR76 3000 6000 0112 3456 7890 188")]
    public void It_finds_nothing(string text) =>
        Assert.DoesNotContain(Scanner.Scan(text), finding => finding.Rule is not "nir-without-key");

    [Fact]
    public void A_name_that_was_found_is_found_wherever_it_stands()
    {
        const string Text =
            "Mme Sophie Garnier est admise. GARNIER va bien. Sophie Garnier sort demain. Garnier Frères SA.";

        Assert.Equal(
            ["Sophie Garnier", "GARNIER", "Sophie Garnier", "Garnier"],
            Scanner.Scan(Text).Where(finding => finding.Kind is "person").Select(finding => finding.Text),
            StringComparer.Ordinal);
    }

    [Fact]
    public void A_site_says_how_it_writes_patient_numbers()
    {
        var scanner = new PersonalDataScanner(new PersonalDataOptions { PatientNumber = "SA-[0-9]{6}" });

        Assert.Equal("SA-004829", Assert.Single(scanner.Scan("dossier SA-004829")).Text);
    }

    [Fact]
    public void A_pattern_that_is_none_is_refused() => Assert.Throws<FormatException>(
        () => new PersonalDataScanner(new PersonalDataOptions { PatientNumber = "(" }));

    [Fact]
    public void Findings_of_any_text_are_in_order_and_where_they_say() =>
        Gen.String[Gen.Char["0123456789 -/.,+@:<ABFRDEdupontéMe\n"], 0, 200].Sample(
            text =>
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                var end = 0;
                Assert.All(Scanner.Scan(text), finding =>
                {
                    Assert.InRange(finding.Start, end, finding.End - 1);
                    Assert.Equal(finding.Text, Encoding.UTF8.GetString(bytes[finding.Start..finding.End]));
                    end = finding.End;
                });
            },
            iter: 3_000);
}

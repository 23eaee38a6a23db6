using Terroir.Protection.PersonalData.Checks;

namespace Terroir.Protection.PersonalData.Rules;

/// <summary>The rules for numbers. What a chance number passes often needs a word that says what it is: of 9 figures
/// one in ten has a right check figure.</summary>
internal static class NumberRules
{
    public static IReadOnlyList<NumberRule> All { get; } = [.. French(), .. Bank(), .. Papers(), .. Europe()];

    private static IEnumerable<NumberRule> French() =>
    [
        new(PersonalDataKind.Nir, "nir-key", ["15", "1 2 2 2 3 3 2", "13 2"], FrenchChecks.IsPlausibleNir)
        {
            Alone = 0.97,
            Words = new("nir", "ins", "sécurité sociale", "securite sociale", "n° ss", "numéro ss", "immatriculation"),
        },
        new(PersonalDataKind.Nir, "nir-without-key", ["13", "1 2 2 2 3 3"], FrenchChecks.IsPlausibleNirWithoutKey)
        {
            Told = 0.85,
            Words = new("nir", "ins", "sécurité sociale", "securite sociale", "n° ss", "numéro ss"),
        },
        new(PersonalDataKind.Siret, "siret", ["14", "3 3 3 5", "9 5"], FrenchChecks.IsSiret)
        {
            Alone = 0.9,
            Words = new("siret", "établissement", "etablissement"),
        },
        new(PersonalDataKind.Siren, "siren", ["9", "3 3 3"], FrenchChecks.IsSiren)
        {
            Words = new("siren", "rcs", "r.c.s", "immatriculée", "immatriculé", "registre du commerce"),
        },
        new(
            PersonalDataKind.Vat,
            "vat",
            [
                "10", "11", "12", "13", "14", "2 8", "2 9", "2 10", "2 11", "2 12", "4 9", "4 3 3 3", "2 2 9",
                "2 2 3 3 3", "2 3 3 3", "6 3 3", "2 4 3 3", "3 3 3 3",
            ],
            VatChecks.IsVat)
        {
            Alone = 0.95,
            Words = new("tva", "vat", "ust", "mwst", "btw", "iva", "intracommunautaire"),
        },
        new(PersonalDataKind.TaxNumber, "spi", ["13", "2 2 3 3 3"], FrenchChecks.IsTaxNumber)
        {
            Told = 0.95,
            Words = new("fiscal", "spi", "nif", "impôts", "impôt", "référence fiscale"),
        },
        new(PersonalDataKind.Rpps, "rpps", ["11"], FrenchChecks.IsRpps) { Words = new("rpps") },
        new(PersonalDataKind.Adeli, "adeli", ["9", "2 1 5 1", "2 7"], IsNineFigures)
        {
            Told = 0.9,
            Words = new("adeli"),
        },
        new(PersonalDataKind.Finess, "finess", ["9", "2 7", "3 3 3"], FrenchChecks.IsFiness)
        {
            Words = new("finess"),
        },
        new(
            PersonalDataKind.PatientNumber,
            "patient-number",
            ["6", "7", "8", "9", "10", "11", "12", "3 3", "3 3 3", "4 4"],
            AreFigures)
        {
            Told = 0.85,
            Words = new(
                "ipp", "nip", "n° patient", "numéro patient", "numéro de patient", "n° de patient", "id patient",
                "identifiant patient", "identifiant permanent", "patient id", "mrn"),
        },
    ];

    private static IEnumerable<NumberRule> Bank() =>
    [
        new(PersonalDataKind.Iban, "iban", [.. Enumerable.Range(15, 20).Select(Text), "4*"], BankChecks.IsIban)
        {
            Alone = 0.98,
            Words = new("iban"),
        },
        new(PersonalDataKind.Rib, "rib", ["23", "5 5 11 2"], FrenchChecks.IsRib)
        {
            Alone = 0.95,
            Words = new("rib", "compte", "banque"),
        },
        new(
            PersonalDataKind.Card,
            "card",
            ["16", "4 4 4 4", "15", "4 6 5", "14", "4 6 4", "13", "19", "4 4 4 4 3"],
            BankChecks.IsCard)
        {
            Alone = 0.85,
            Words = new("carte", "card", "visa", "mastercard", "cb", "amex", "paiement"),
        },
        new(PersonalDataKind.Bic, "bic", ["8", "11"], IsBic)
        {
            Told = 0.95,
            IsFirstOnly = true,
            Words = new("bic", "swift"),
        },
    ];

    private static IEnumerable<NumberRule> Papers() =>
    [
        new(PersonalDataKind.Plate, "plate-siv", ["2 3 2"], IsPlate)
        {
            Alone = 0.85,
            Words = new("immatriculation", "immatriculé", "véhicule", "plaque", "voiture"),
        },
        new(PersonalDataKind.Plate, "plate-siv-joined", ["7"], IsPlate)
        {
            Told = 0.9,
            Words = new("immatriculation", "immatriculé", "véhicule", "plaque", "voiture"),
        },
        new(PersonalDataKind.Plate, "plate-fni", ["3 3 2", "4 2 2", "3 2 2", "2 3 2", "4 3 2"], IsOldPlate)
        {
            Told = 0.9,
            Words = new("immatriculation", "immatriculé", "véhicule", "plaque", "voiture"),
        },
        new(PersonalDataKind.Passport, "passport-fr", ["9", "2 2 5"], IsPassport)
        {
            Told = 0.95,
            Words = new("passeport", "passport"),
        },
        new(PersonalDataKind.IdentityCard, "identity-card-fr", ["12", "9", "4 4 4"], IsIdentityCard)
        {
            Told = 0.9,
            Words = new(
                "cni", "carte nationale", "carte d'identité", "carte d’identité", "identity card", "pièce d'identité",
                "pièce d’identité"),
        },
    ];

    private static IEnumerable<NumberRule> Europe() =>
    [
        new(PersonalDataKind.NationalIdBelgium, "national-id-be-grouped", ["2 2 2 3 2"], NationalChecks.IsBelgian)
        {
            Alone = 0.9,
            Words = new("national", "rijksregister", "niss", "insz", "belge"),
        },
        new(PersonalDataKind.NationalIdBelgium, "national-id-be", ["11", "6 3 2"], NationalChecks.IsBelgian)
        {
            Words = new("national", "rijksregister", "rijksregisternummer", "niss", "insz", "belge", "belgique"),
        },
        new(PersonalDataKind.NationalIdGermany, "national-id-de", ["11", "2 3 3 3"], NationalChecks.IsGerman)
        {
            Words = new("steuer", "steueridentifikationsnummer", "steuer-id", "idnr", "identifikationsnummer",
                "allemand", "allemagne"),
        },
        new(PersonalDataKind.NationalIdSpain, "national-id-es", ["9", "8 1", "1 7 1"], NationalChecks.IsSpanish)
        {
            Alone = 0.85,
            Words = new("dni", "nie", "nif", "espagne", "espagnol"),
        },
        new(PersonalDataKind.NationalIdItaly, "national-id-it", ["16", "6 5 5", "3 3 5 5"], NationalChecks.IsItalian)
        {
            Alone = 0.97,
            Words = new("codice fiscale", "fiscale", "italie"),
        },
        new(PersonalDataKind.NationalIdLuxembourg, "national-id-lu", ["13", "4 4 5", "8 5", "8 3 2"],
            NationalChecks.IsLuxembourgish)
        {
            Alone = 0.9,
            Words = new("matricule", "luxembourg", "luxembourgeois", "national"),
        },
        new(PersonalDataKind.NationalIdNetherlands, "national-id-nl", ["9", "4 2 3", "3 3 3"], NationalChecks.IsDutch)
        {
            Words = new("bsn", "burgerservicenummer", "sofi", "sofinummer", "pays-bas"),
        },
        new(PersonalDataKind.NationalIdPoland, "national-id-pl", ["11"], NationalChecks.IsPolish)
        {
            Words = new("pesel", "pologne", "polonais"),
        },
        new(PersonalDataKind.NationalIdPortugal, "national-id-pt", ["9", "3 3 3"], VatChecks.IsPortuguese)
        {
            Words = new("nif", "contribuinte", "portugal", "portugais"),
        },
        new(PersonalDataKind.NationalIdSweden, "national-id-se", ["10", "12", "6 4", "8 4"], NationalChecks.IsSwedish)
        {
            KeepsSigns = true,
            Words = new("personnummer", "suède", "suédois"),
        },
        new(PersonalDataKind.NationalIdFinland, "national-id-fi", ["11", "6 4"], NationalChecks.IsFinnish)
        {
            KeepsSigns = true,
            Alone = 0.95,
            Words = new("henkilötunnus", "hetu", "finlande", "finlandais"),
        },
    ];

    private static string Text(int length) => length.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsNineFigures(ReadOnlySpan<char> number) =>
        number.Length == 9
        && Digits.AreAll(number[2..], 7)
        && (number[..2] is "2A" or "2B" || (Digits.AreAll(number[..2], 2) && number[..2] is not "00"));

    private static bool AreFigures(ReadOnlySpan<char> number) => Digits.AreAll(number, number.Length);

    private static bool IsBic(ReadOnlySpan<char> number) =>
        number.Length is 8 or 11
        && !number[..6].ContainsAnyExceptInRange('A', 'Z')
        && Countries.Contains(number[4..6]);

    // Letters that look like figures are not used, nor is SS.
    private static bool IsPlate(ReadOnlySpan<char> number) =>
        number.Length == 7
        && AreLetters(number[..2])
        && AreLetters(number[5..])
        && Digits.AreAll(number[2..5], 3)
        && number[2..5] is not "000"
        && !number.ContainsAny('I', 'O', 'U')
        && number[..2] is not "SS"
        && number[5..] is not "SS";

    private static bool IsOldPlate(ReadOnlySpan<char> number)
    {
        var letters = number.IndexOfAnyInRange('A', 'Z');
        var rest = letters < 0 ? -1 : number[letters..].IndexOfAnyExceptInRange('A', 'Z');
        return letters is >= 2 and <= 4
            && rest is 2 or 3
            && Digits.AreAll(number[..letters], letters)
            && Digits.AreAll(number[(letters + rest)..], 2);
    }

    private static bool IsPassport(ReadOnlySpan<char> number) =>
        number.Length == 9
        && Digits.AreAll(number[..2], 2)
        && AreLetters(number[2..4])
        && Digits.AreAll(number[4..], 5);

    // Of before 2021: twelve figures; since then nine letters and figures, not all of one sort.
    private static bool IsIdentityCard(ReadOnlySpan<char> number) =>
        Digits.AreAll(number, 12)
        || (number.Length == 9 && number.ContainsAnyInRange('0', '9') && number.ContainsAnyInRange('A', 'Z'));

    private static bool AreLetters(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('A', 'Z');
}

using System.Globalization;
using System.Text;
using Terroir.Protection.PersonalData.Checks;

namespace Terroir.Protection.PersonalData.Synthetic;

/// <summary>Values that stand in for personal data: with right check figures, and of nobody.</summary>
internal sealed class SyntheticValues(
    SeededDraws draws,
    IReadOnlyList<string> firstNames,
    IReadOnlyList<string> surnames)
{
    private readonly string _firstName = draws.Pick(firstNames);
    private readonly string _surname = draws.Pick(surnames);

    /// <summary>Makes the value of a slot.</summary>
    /// <returns>The kind that it is labelled with, <see langword="null"/> for one that is no personal data; and the
    /// text.</returns>
    public (string? Kind, string Text) Make(string slot) => slot switch
    {
        "person" => ("person", $"{_firstName} {_surname}"),
        "PERSON" => ("person", $"{_surname.ToUpper(CultureInfo.InvariantCulture)} {_firstName}"),
        "surname" => ("person", _surname),
        "other" => ("person", $"{draws.Pick(firstNames)} {draws.Pick(surnames)}"),
        "OTHER" => ("person", $"{draws.Pick(firstNames)} {draws.Pick(surnames).ToUpper(CultureInfo.InvariantCulture)}"),
        "UPPER" => ("person", $"{draws.Pick(surnames)} {draws.Pick(firstNames)}".ToUpper(CultureInfo.InvariantCulture)),
        "doctor" => ("person", draws.Pick(surnames)),
        "first" => ("person", _firstName),
        "bare" => ("person", Bare()),
        "nir" => ("nir", Nir()),
        "siren" => ("siren", Spaced(Until("ddddddddd", FrenchChecks.IsSiren), 3, 3, 3)),
        "siret" => ("siret", Spaced(Siret(), 3, 3, 3, 5)),
        "vat" => ("vat", Vat()),
        "iban" => ("iban", Iban()),
        "bic" => ("bic", draws.Pick(["BNPAFRPP", "AGRIFRPP882", "SOGEFRPP", "CRLYFRPPXXX", "PSSTFRPPLYO"])),
        "card" => ("card", Spaced(Until("4ddddddddddddddd", BankChecks.IsCard), 4, 4, 4, 4)),
        "rpps" => ("rpps", Until("1000ddddddd", FrenchChecks.IsRpps)),
        "finess" => ("finess", Until("69ddddddd", FrenchChecks.IsFiness)),
        "spi" => ("nif", Spaced(Fill("1dddddddddddd"), 2, 2, 3, 3, 3)),
        "ipp" => ("patient-number", Fill("00dddddd")),
        "phone" => ("phone", Phone()),
        "email" => ("email", Email()),
        "plate" => ("plate", Plate()),
        "passport" => ("passport", Fill("ddAAddddd")),
        "ip" => ("ip", $"10.{draws.Next(0, 256)}.{draws.Next(0, 256)}.{draws.Next(1, 255)}"),
        "mac" => ("mac", string.Join(':', Enumerable.Range(0, 6).Select(_ => $"{draws.Next(0, 256):X2}"))),
        "birth" => ("birth-date", Day(1930, 2005)),
        "address" => ("address", Address()),
        "town" => (null, draws.Pick(SyntheticWords.Towns)),
        "TOWN" => (null, draws.Pick(SyntheticWords.Towns).ToUpper(CultureInfo.InvariantCulture)),
        "org" => (null, draws.Pick(SyntheticWords.Organisations)),
        "drug" => (null, draws.Pick(SyntheticWords.Drugs)),
        "date" => (null, Day(2020, 2026)),
        "amount" => (null, Amount()),
        "number" => (null, draws.Next(2, 90).ToString(CultureInfo.InvariantCulture)),
        "reference" => (null, Fill("20dd-dddd")),
        "dose" => (null, $"{draws.Next(1, 40) * 5} mg"),
        _ => throw new ArgumentException($"There is no slot '{slot}'.", nameof(slot)),
    };

    // As people write names where no title announces them.
    private string Bare() => draws.Next(0, 6) switch
    {
        0 => $"{draws.Pick(surnames).ToUpper(CultureInfo.InvariantCulture)} {draws.Pick(firstNames)}",
        1 => $"{draws.Pick(firstNames)} {draws.Pick(surnames).ToUpper(CultureInfo.InvariantCulture)}",
        2 => $"{draws.Pick(firstNames)[0]}. {draws.Pick(surnames)}",
        3 => $"{draws.Pick(firstNames)}-{draws.Pick(firstNames)} {draws.Pick(surnames)}",
        _ => $"{draws.Pick(firstNames)} {draws.Pick(surnames)}",
    };

    private string Fill(string form) => string.Concat(form.Select(letter => letter switch
    {
        'd' => (char)('0' + draws.Next(0, 10)),
        'A' => (char)('A' + draws.Next(0, 26)),
        _ => letter,
    }));

    private delegate bool Check(ReadOnlySpan<char> value);

    private string Until(string form, Check isRight)
    {
        string value;
        do
        {
            value = Fill(form);
        }
        while (!isRight(value));

        return value;
    }

    // With spaces between the groups three times out of four.
    private string Spaced(string value, params int[] groups)
    {
        if (draws.Next(0, 4) == 0)
        {
            return value;
        }

        var (at, parts) = (0, new List<string>());
        foreach (var length in groups)
        {
            parts.Add(value.Substring(at, length));
            at += length;
        }

        return string.Join(' ', parts);
    }

    private string Nir()
    {
        var month = draws.Next(1, 13).ToString("00", CultureInfo.InvariantCulture);
        var head = $"{draws.Next(1, 3)}{Fill("dd")}{month}{draws.Next(10, 95)}{Fill("dddddd")}";
        var key = 97 - (long.Parse(head, CultureInfo.InvariantCulture) % 97);
        return Spaced($"{head}{key:00}", 1, 2, 2, 2, 3, 3, 2);
    }

    private string Siret()
    {
        var siren = Until("ddddddddd", FrenchChecks.IsSiren);
        string value;
        do
        {
            value = siren + Fill("000dd");
        }
        while (!FrenchChecks.IsSiret(value));

        return value;
    }

    private string Vat()
    {
        var siren = Until("ddddddddd", FrenchChecks.IsSiren);
        var key = (12 + (3 * (long.Parse(siren, CultureInfo.InvariantCulture) % 97))) % 97;
        return $"FR{key:00}{(draws.Next(0, 2) == 0 ? "" : " ")}{siren}";
    }

    private string Iban()
    {
        var account = Fill("ddddddddddddddddddddddd");
        var key = 98 - CheckSums.Mod97($"{account}FR00");
        var value = $"FR{key:00}{account}";
        return Spaced(value, 4, 4, 4, 4, 4, 4, 3);
    }

    private string Phone()
    {
        var separator = draws.Pick([" ", ".", "", "-"]);
        var pairs = string.Join(separator, Enumerable.Range(0, 4).Select(_ => Fill("dd")));
        return draws.Next(0, 3) == 0
            ? $"+33 {draws.Next(1, 8)} {Fill("dd dd dd dd")}"
            : $"0{draws.Next(1, 8)}{separator}{pairs}";
    }

    private string Email()
    {
        var name = $"{_firstName}.{_surname}".ToLowerInvariant();
        var local = new string([.. NormalForm.Of(name, NormalizationForm.FormD)
            .Where(letter => char.IsAsciiLetter(letter) || letter is '.' or '-')]);
        return $"{local}@{draws.Pick(["exemple.fr", "courriel.example", "ch-saint-aubin.example", "mairie.example"])}";
    }

    private string Plate()
    {
        const string Letters = "ABCDEFGHJKLMNPQRTVWXYZ";
        var letter = () => Letters[draws.Next(0, Letters.Length)];
        return $"{letter()}{letter()}-{draws.Next(1, 1000):000}-{letter()}{letter()}";
    }

    private string Day(int from, int to)
    {
        var day = new DateOnly(draws.Next(from, to), draws.Next(1, 13), draws.Next(1, 29));
        return draws.Next(0, 3) == 0
            ? $"{day.Day} {SyntheticWords.Months[day.Month - 1]} {day.Year}"
            : day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
    }

    private string Address() =>
        $"{draws.Next(1, 190)} {draws.Pick(SyntheticWords.Streets)}, {draws.Pick(SyntheticWords.PostalTowns)}";

    private string Amount() =>
        $"{draws.Next(1, 90)} {draws.Next(0, 1000):000},{draws.Next(0, 100):00} €";
}

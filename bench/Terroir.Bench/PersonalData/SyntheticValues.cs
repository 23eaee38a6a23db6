using System.Globalization;
using Terroir.Protection.PersonalData.Checks;

namespace Terroir.Bench.PersonalData;

/// <summary>Values that stand in for personal data: with right check figures, and of nobody.</summary>
internal sealed class SyntheticValues(Random random, string[] firstNames, string[] surnames)
{
    private static readonly string[] Streets =
        ["rue des Lilas", "avenue Jean-Jaurès", "boulevard Voltaire", "place de la République", "chemin du Moulin",
            "allée des Tilleuls", "impasse Pasteur", "quai de la Rapée", "route de Lyon", "cours Gambetta"];

    private static readonly string[] Towns =
        ["69003 Lyon", "75012 Paris", "44000 Nantes", "31000 Toulouse", "59800 Lille", "33000 Bordeaux",
            "67000 Strasbourg", "35000 Rennes", "13008 Marseille", "38100 Grenoble", "76600 Le Havre",
            "93200 Saint-Denis"];

    private static readonly string[] Months =
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
            "décembre"];

    private readonly string _firstName = firstNames[random.Next(firstNames.Length)];
    private readonly string _surname = surnames[random.Next(surnames.Length)];

    /// <summary>Makes the value of a slot.</summary>
    /// <returns>The kind that it is labelled with, <see langword="null"/> for one that is no personal data; and the
    /// text.</returns>
    public (string? Kind, string Text) Make(string slot) => slot switch
    {
        "person" => ("person", $"{_firstName} {_surname}"),
        "PERSON" => ("person", $"{_surname.ToUpper(CultureInfo.InvariantCulture)} {_firstName}"),
        "surname" => ("person", _surname),
        "other" => ("person", $"{Pick(firstNames)} {Pick(surnames)}"),
        "OTHER" => ("person", $"{Pick(firstNames)} {Pick(surnames).ToUpper(CultureInfo.InvariantCulture)}"),
        "doctor" => ("person", Pick(surnames)),
        "first" => ("person", _firstName),
        "nir" => ("nir", Nir()),
        "siren" => ("siren", Spaced(Until("ddddddddd", FrenchChecks.IsSiren), 3, 3, 3)),
        "siret" => ("siret", Spaced(Siret(), 3, 3, 3, 5)),
        "vat" => ("vat", Vat()),
        "iban" => ("iban", Iban()),
        "bic" => ("bic", Pick(["BNPAFRPP", "AGRIFRPP882", "SOGEFRPP", "CRLYFRPPXXX", "PSSTFRPPLYO"])),
        "card" => ("card", Spaced(Until("4ddddddddddddddd", BankChecks.IsCard), 4, 4, 4, 4)),
        "rpps" => ("rpps", Until("1000ddddddd", FrenchChecks.IsRpps)),
        "finess" => ("finess", Until("69ddddddd", FrenchChecks.IsFiness)),
        "spi" => ("nif", Spaced(Fill("1dddddddddddd"), 2, 2, 3, 3, 3)),
        "ipp" => ("patient-number", Fill("00dddddd")),
        "phone" => ("phone", Phone()),
        "email" => ("email", Email()),
        "plate" => ("plate", Plate()),
        "passport" => ("passport", Fill("ddAAddddd")),
        "ip" => ("ip", $"10.{random.Next(256)}.{random.Next(256)}.{random.Next(1, 255)}"),
        "mac" => ("mac", string.Join(':', Enumerable.Range(0, 6).Select(_ => $"{random.Next(256):X2}"))),
        "birth" => ("birth-date", Day(1930, 2005)),
        "address" => ("address", $"{random.Next(1, 190)} {Pick(Streets)}, {Pick(Towns)}"),
        "date" => (null, Day(2020, 2026)),
        "amount" => (null, Amount()),
        "number" => (null, random.Next(2, 90).ToString(CultureInfo.InvariantCulture)),
        "reference" => (null, Fill("20dd-dddd")),
        "dose" => (null, $"{random.Next(1, 40) * 5} mg"),
        _ => throw new ArgumentException($"There is no slot '{slot}'.", nameof(slot)),
    };

    private string Pick(string[] values) => values[random.Next(values.Length)];

    private string Fill(string form) => string.Concat(form.Select(letter => letter switch
    {
        'd' => (char)('0' + random.Next(10)),
        'A' => (char)('A' + random.Next(26)),
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
        if (random.Next(4) == 0)
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
        var month = random.Next(1, 13).ToString("00", CultureInfo.InvariantCulture);
        var head = $"{random.Next(1, 3)}{Fill("dd")}{month}{random.Next(10, 95)}{Fill("dddddd")}";
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
        return $"FR{key:00}{(random.Next(2) == 0 ? "" : " ")}{siren}";
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
        var separator = Pick([" ", ".", "", "-"]);
        var pairs = string.Join(separator, Enumerable.Range(0, 4).Select(_ => Fill("dd")));
        return random.Next(3) == 0
            ? $"+33 {random.Next(1, 8)} {Fill("dd dd dd dd")}"
            : $"0{random.Next(1, 8)}{separator}{pairs}";
    }

    private string Email()
    {
        var name = $"{_firstName}.{_surname}".ToLowerInvariant();
        var local = new string([.. NormalForm.Of(name, System.Text.NormalizationForm.FormD)
            .Where(letter => char.IsAsciiLetter(letter) || letter is '.' or '-')]);
        return $"{local}@{Pick(["exemple.fr", "courriel.example", "ch-saint-aubin.example", "mairie.example"])}";
    }

    private string Plate()
    {
        const string Letters = "ABCDEFGHJKLMNPQRTVWXYZ";
        var letter = () => Letters[random.Next(Letters.Length)];
        return $"{letter()}{letter()}-{random.Next(1, 1000):000}-{letter()}{letter()}";
    }

    private string Day(int from, int to)
    {
        var day = new DateOnly(random.Next(from, to), random.Next(1, 13), random.Next(1, 29));
        return random.Next(3) == 0
            ? $"{day.Day} {Months[day.Month - 1]} {day.Year}"
            : day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
    }

    private string Amount() =>
        $"{random.Next(1, 90)} {random.Next(1000):000},{random.Next(100):00} €";
}

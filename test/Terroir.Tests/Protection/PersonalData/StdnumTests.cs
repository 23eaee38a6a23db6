using System.Diagnostics;
using Terroir.Protection.PersonalData.Checks;
using Terroir.Protection.PersonalData.Rules;

namespace Terroir.Tests.Protection.PersonalData;

/// <summary>Our check digits against those of python-stdnum, which others wrote.</summary>
public sealed class StdnumTests
{
    private const string Python = "/usr/bin/python3";
    private const int ValueCount = 2_000;

    private const string Judge = """
        import sys, importlib
        for line in sys.stdin:
            name, value = line.rstrip("\n").split(" ", 1)
            print(1 if importlib.import_module("stdnum." + name).is_valid(value) else 0)
        """;

    private static readonly (string Module, NumberCheck Check, string Form)[] Checks =
    [
        ("fr.nir", FrenchChecks.IsNir, "ddddddddddddddd"),
        ("fr.nir", FrenchChecks.IsNir, "ddddd2Cdddddddd"),
        ("fr.siren", FrenchChecks.IsSiren, "ddddddddd"),
        ("fr.siret", FrenchChecks.IsSiret, "dddddddddddddd"),
        ("fr.siret", FrenchChecks.IsSiret, "356000000ddddd"),
        ("fr.tva", FrenchChecks.IsVat, "ddddddddddd"),
        ("fr.tva", FrenchChecks.IsVat, "dAddddddddd"),
        ("fr.tva", FrenchChecks.IsVat, "Adddddddddd"),
        ("fr.nif", FrenchChecks.IsTaxNumber, "ddddddddddddd"),
        ("iban", BankChecks.IsIban, "DEdddddddddddddddddddd"),
        ("at.uid", number => VatChecks.IsVat($"AT{number}"), "Udddddddd"),
        ("be.vat", number => VatChecks.IsVat($"BE{number}"), "dddddddddd"),
        ("de.vat", number => VatChecks.IsVat($"DE{number}"), "ddddddddd"),
        ("dk.cvr", number => VatChecks.IsVat($"DK{number}"), "dddddddd"),
        ("es.nif", number => VatChecks.IsVat($"ES{number}"), "Adddddddd"),
        ("es.nif", number => VatChecks.IsVat($"ES{number}"), "AdddddddA"),
        ("fi.alv", number => VatChecks.IsVat($"FI{number}"), "dddddddd"),
        ("it.iva", number => VatChecks.IsVat($"IT{number}"), "ddddddddddd"),
        ("lu.tva", number => VatChecks.IsVat($"LU{number}"), "dddddddd"),
        ("nl.btw", number => VatChecks.IsVat($"NL{number}"), "dddddddddBdd"),
        ("pl.nip", VatChecks.IsPolish, "dddddddddd"),
        ("pt.nif", VatChecks.IsPortuguese, "ddddddddd"),
        ("se.vat", number => VatChecks.IsVat($"SE{number}"), "dddddddddd01"),
        ("be.nn", NationalChecks.IsBelgian, "ddddddddddd"),
        ("de.idnr", NationalChecks.IsGerman, "ddddddddddd"),
        ("es.dni", NationalChecks.IsSpanish, "ddddddddA"),
        ("es.nie", NationalChecks.IsSpanish, "XdddddddA"),
        ("it.codicefiscale", NationalChecks.IsItalian, "AAAAAAddAddAdddA"),
        ("nl.bsn", NationalChecks.IsDutch, "ddddddddd"),
        ("pl.pesel", NationalChecks.IsPolish, "ddddddddddd"),
        ("fi.hetu", NationalChecks.IsFinnish, "dddddd-dddA"),
        ("luhn", number => CheckSums.Luhn(number) == 0, "dddddddddddddddd"),
        ("verhoeff", number => CheckSums.Verhoeff(number) == 0, "dddddddddddd"),
    ];

    [Fact]
    public async Task Every_generated_number_is_judged_as_python_stdnum_judges_it()
    {
        Assert.SkipUnless(await HasStdnumAsync(), "python3-stdnum is not installed");
        var random = new Random(20261126);
        var cases = Checks
            .SelectMany(check => Enumerable.Range(0, ValueCount).Select(_ => (check, Value: Make(check, random))))
            .ToArray();

        var verdicts = await AskAsync(cases.Select(item => $"{item.check.Module} {item.Value}"));

        Assert.All(cases.Zip(verdicts), item => Assert.True(
            item.First.check.Check(item.First.Value) == item.Second,
            $"{item.First.check.Module} {item.First.Value}: stdnum says {item.Second}"));
        Assert.All(
            cases.Zip(verdicts).GroupBy(item => (item.First.check.Module, item.First.check.Form)),
            group => Assert.Contains(group, item => item.Second));
    }

    // One number in two is searched until our check likes it: chance alone would make too few right ones.
    private static string Make((string Module, NumberCheck Check, string Form) check, Random random)
    {
        const int TriesMax = 20_000;
        var wanted = random.Next(2) == 0;
        var value = "";
        for (var attempt = 0; attempt < TriesMax; attempt++)
        {
            value = string.Concat(check.Form.Select(letter => letter switch
            {
                'd' => (char)('0' + random.Next(10)),
                'A' => (char)('A' + random.Next(26)),
                'C' => random.Next(2) == 0 ? 'A' : 'B',
                'X' => (char)('X' + random.Next(3)),
                _ => letter,
            }));
            if (!wanted || check.Check(value))
            {
                break;
            }
        }

        return value;
    }

    private static async Task<bool> HasStdnumAsync()
    {
        if (!File.Exists(Python))
        {
            return false;
        }

        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", "import stdnum"])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0;
    }

    private static async Task<bool[]> AskAsync(IEnumerable<string> lines)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", Judge])
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var answer = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(
            string.Join('\n', lines).AsMemory(),
            TestContext.Current.CancellationToken);
        process.StandardInput.Close();
        return [.. (await answer).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line is "1")];
    }
}

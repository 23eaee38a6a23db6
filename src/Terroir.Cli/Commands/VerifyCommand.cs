using System.CommandLine;
using Terroir.Cli.Output;
using Terroir.Server;

namespace Terroir.Cli.Commands;

/// <summary>Verifies a receipt offline, as <c>terroir-verify</c> does; it knows the site, and finds what lies beside
/// the receipt.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var receipt = new Argument<string>("receipt") { Description = "The file of the receipt, or of the extract." };
        var policy = new Option<string?>("--policy")
        {
            Description = "Which logs and witnesses you trust. Without it: the log of the site in --data.",
        };
        var proof = Paths("--proof", "The proof that it was logged. Without it: the file beside the receipt.");
        var openings = Paths("--openings", "What shows its content. Without it: the file beside the receipt.");
        var document = new Option<string[]>("--document")
        {
            Description = "The canonical text of a document that it should cite; may be given again.",
        };
        var ledger = Paths("--ledger", "A copy of the ledger: a folder, or the address where it is served.");
        var language = CommandLine.CreateLanguage();
        return CommandLine.Create(
            "verify",
            "Verifies a receipt, or an extract of the ledger, offline, and says what is proven and what is not.",
            "terroir verify receipt.json --policy policy",
            (parsed, stop) =>
            {
                var file = parsed.GetValue(receipt)!;
                var arguments = new List<string> { file, "--lang", parsed.GetValue(language)! };
                Add(arguments, "--proof", parsed.GetValue(proof) ?? IfThere(ReceiptFiles.ProofOf(file)));
                Add(arguments, "--openings", parsed.GetValue(openings) ?? IfThere(ReceiptFiles.OpeningsOf(file)));
                Add(arguments, "--ledger", parsed.GetValue(ledger));
                foreach (var text in parsed.GetValue(document) ?? [])
                {
                    Add(arguments, "--doc", text);
                }

                if (parsed.GetValue(CommandLine.AsJson))
                {
                    arguments.Add("--json");
                }

                return RunAsync(arguments, parsed.GetValue(policy), parsed.GetValue(CommandLine.Data)!, stop);
            },
            receipt,
            policy,
            proof,
            openings,
            document,
            ledger,
            language);
    }

    private static async Task<int> RunAsync(
        List<string> arguments,
        string? policy,
        string data,
        CancellationToken cancellationToken)
    {
        if (policy is not null || SiteFolder.Find(data) is not { } site)
        {
            Add(arguments, "--policy", policy);
            return await VerifyAsync(arguments, cancellationToken);
        }

        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, ReceiptFiles.PolicyOf(site), cancellationToken);
            Add(arguments, "--policy", file);
            return await VerifyAsync(arguments, cancellationToken);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Task<int> VerifyAsync(List<string> arguments, CancellationToken cancellationToken) =>
        Verify.VerifyCommand.RunAsync(
            arguments,
            Console.Out,
            Console.Error,
            LedgerAddress.Open,
            cancellationToken);

    private static Option<string?> Paths(string name, string description) => new(name) { Description = description };

    private static string? IfThere(string path) => File.Exists(path) ? path : null;

    private static void Add(List<string> arguments, string name, string? value)
    {
        if (value is not null)
        {
            arguments.AddRange([name, value]);
        }
    }
}

using System.CommandLine;
using Spectre.Console;
using Terroir.Cli.Output;
using Terroir.Provenance.Erasures;
using Terroir.Retention;

namespace Terroir.Cli.Commands.Retention;

/// <summary>What is said of erasures.</summary>
internal static class ErasureText
{
    public static void PrintPlan(
        ParseResult parsed,
        ErasurePlan plan,
        IReadOnlyList<string> accounts) => CommandLine.Print(
        parsed,
        new
        {
            dryRun = true,
            documents = plan.Documents.Select(item => new
            {
                collection = item.Address.Collection,
                id = item.Address.Document,
                source = item.Version.Source,
                path = item.Version.Path,
                title = item.Version.Title,
                mentions = item.MentionCount,
                isCopy = item.IsCopy,
                keptFor = item.KeptFor,
            }),
            gone = plan.Gone.Select(item => item.Address),
            accounts,
        },
        Describe(plan, accounts));

    public static IEnumerable<string> Describe(ErasurePlan plan, IReadOnlyList<string> accounts)
    {
        foreach (var account in accounts)
        {
            yield return $"account of {account}: password, keys, sessions, memberships";
        }

        foreach (var item in plan.Documents)
        {
            var why = item.MentionCount > 0 ? $", {Terminal.Count(item.MentionCount, "mention")}"
                : item.IsCopy ? ", a copy of it"
                : "";
            yield return $"{item.Address.Collection}/{item.Address.Document}  "
                + $"{item.Version.Source}:{item.Version.Path}{why}";
            if (item.KeptFor is { } reason)
            {
                yield return $"  must be kept: {reason}";
            }
        }

        yield return $"{Terminal.Count(plan.Documents.Count, "document")} to erase"
            + (plan.Gone.Count == 0 ? "." : $", and what is left of {plan.Gone.Count} that are not there any more.");
    }

    public static void PrintLines(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Terminal.Error.Write(Terminal.Plain(line + Environment.NewLine));
        }
    }

    /// <summary>Asks the operator; nobody is asked where the input is no terminal.</summary>
    public static bool Confirm()
    {
        if (Console.IsInputRedirected)
        {
            return false;
        }

        Terminal.Error.Write(Terminal.Plain("They cannot be brought back. Type 'erase' to go on: "));
        return string.Equals(Console.In.ReadLine()?.Trim(), "erase", StringComparison.OrdinalIgnoreCase);
    }

    public static void PrintOutcome(
        ParseResult parsed,
        ErasureOutcome outcome,
        ErasureCertificate certificate,
        string path,
        bool isMasterKeyChanged) => CommandLine.Print(
            parsed,
            certificate,
            [
                .. outcome.Stores.Select(store => $"  {store.Store}: {store.Count}"),
                $"{Terminal.Count(outcome.Order.Documents.Count, "document")} erased. {outcome.Residue.ProbeCount} "
                    + $"traces were looked for in {Terminal.Count(outcome.Residue.FileCount, "file")} with "
                    + $"{outcome.Residue.SizeBytes} bytes: 0 found.",
                .. isMasterKeyChanged
                    ? ["The site has a new master key: keep a copy elsewhere, destroy the former one, and make a new "
                        + "backup."]
                    : Array.Empty<string>(),
                $"Out of reach: {string.Join(", ", certificate.OutOfReach)}.",
                $"Certificate: {path}",
            ]);

    public static void PrintResidue(ParseResult parsed, ErasureOutcome outcome) => CommandLine.Print(
        parsed,
        new { erasure = outcome.Order.Id, stores = outcome.Stores, residue = outcome.Residue },
        [
            .. outcome.Residue.Found.Select(place => $"  {place.File} at {place.Offset}: {place.Length} bytes"),
            $"{Terminal.Count(outcome.Residue.Found.Count, "remain")} found; the erasure is not complete. Run 'terroir "
                + "erase --resume'.",
        ]);
}

using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Catalog;
using Terroir.Cli.Commands.Retention;
using Terroir.Cli.Output;
using Terroir.Retention;
using Terroir.Server;

namespace Terroir.Cli.Commands;

/// <summary>Erases documents, by name or by the person whom they name, and certifies it.</summary>
internal static class EraseCommand
{
    private static readonly Option<string[]> Document = new("--document")
    {
        Description = "A document: its id, or SOURCE:PATH; may be given again. What is inside of it goes too.",
    };

    private static readonly Option<string?> Person = new("--person")
    {
        Description = "A person: a name of two words or more, or an identifier. Every document that names them.",
    };

    private static readonly Option<string?> Collection = new("--collection") { Description = "Only this collection." };

    private static readonly Option<string[]> Except = new("--except")
    {
        Description = "Keep this, which names the person too: the id of a document, or user:ID; may be given again.",
    };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say what would be erased." };

    private static readonly Option<bool> Yes = new("--yes") { Description = "Do not ask." };

    private static readonly Option<string?> Lift = new("--lift")
    {
        Description = "Let an erased document come back from its source: its id, or SOURCE:PATH.",
    };

    private static readonly Option<bool> Resume = new("--resume")
    {
        Description = "Bring erasures to their end that were stopped.",
    };

    public static Command Create() => CommandLine.Create(
        "erase",
        "Erases documents from every store, looks for remains, and certifies it.",
        "terroir erase --document courriers:dupont/lettre.pdf",
        RunAsync,
        Document,
        Person,
        Collection,
        Except,
        DryRun,
        Yes,
        Lift,
        Resume,
        ErasureRun.Backup,
        ErasureRun.KeepMasterKey,
        ErasureRun.Output);

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var names = parsed.GetValue(Document) ?? [];
        var person = parsed.GetValue(Person);
        var lift = parsed.GetValue(Lift);
        var isResumed = parsed.GetValue(Resume);
        if (new[] { names.Length > 0, person is not null, lift is not null, isResumed }.Count(given => given) != 1)
        {
            await Console.Error.WriteLineAsync(
                "Give one of --document, --person, --lift and --resume. See 'terroir erase --help'.");
            return ExitCode.Usage;
        }

        await using var site = CommandLine.Open(parsed);
        var run = new ErasureRun(parsed, site);
        if (lift is not null)
        {
            return await LiftAsync(parsed, site, lift, stop);
        }

        var collection = parsed.GetValue(Collection) is { } name && CollectionId.IsValid(name)
            ? new CollectionId(name)
            : (CollectionId?)null;
        var pending = await run.FinishPendingAsync(stop);
        if (isResumed || pending != ExitCode.Done)
        {
            return pending;
        }

        return person is null
            ? await EraseAsync(parsed, site, run, names, collection, stop)
            : await EraseAsync(parsed, site, run, person, collection, stop);
    }

    private static async Task<int> EraseAsync(
        ParseResult parsed,
        Site site,
        ErasureRun run,
        string[] names,
        CollectionId? collection,
        CancellationToken stop)
    {
        var plan = await site.Services.GetRequiredService<ErasurePlanner>().FindAsync(names, collection, stop);
        return await EraseAsync(
            parsed,
            run,
            plan,
            new ErasureRequest([], string.Join('\n', names), ErasureBasis.Request),
            stop);
    }

    private static async Task<int> EraseAsync(
        ParseResult parsed,
        Site site,
        ErasureRun run,
        string person,
        CollectionId? collection,
        CancellationToken stop)
    {
        if (PersonMention.TryRead(person) is not { } mention)
        {
            return await CommandLine.RefuseAsync(
                $"'{person}' would be found everywhere. Give a first and a last name, or an identifier of 6 digits or "
                + "more.");
        }

        var plan = await Waiting.WithMarkAsync(
            "Reading the stored texts",
            () => site.Services.GetRequiredService<ErasurePlanner>().FindAsync(mention, collection, stop));
        var kept = (parsed.GetValue(Except) ?? []).ToHashSet(StringComparer.Ordinal);
        plan = plan with { Documents = [.. plan.Documents.Where(item => !kept.Contains(item.Version.Id.Value))] };
        var accounts = ErasedAccounts.Find(site, mention).Where(id => !kept.Contains(Principal.User(id))).ToArray();
        return await EraseAsync(
            parsed,
            run,
            plan,
            new ErasureRequest([], person, ErasureBasis.Request, mention) { Accounts = accounts },
            stop);
    }

    private static async Task<int> EraseAsync(
        ParseResult parsed,
        ErasureRun run,
        ErasurePlan plan,
        ErasureRequest request,
        CancellationToken stop)
    {
        if (plan.Documents.Count == 0 && plan.Gone.Count == 0 && request.Accounts.Count == 0)
        {
            return await CommandLine.RefuseAsync("There is no such document, or it was erased before.");
        }

        if (parsed.GetValue(DryRun))
        {
            ErasureText.PrintPlan(parsed, plan, request.Accounts);
            return plan.Kept.Count > 0 ? ExitCode.Held : ExitCode.Done;
        }

        if (!parsed.GetValue(Yes))
        {
            ErasureText.PrintLines(ErasureText.Describe(plan, request.Accounts));
            if (plan.Kept.Count == 0 && !ErasureText.Confirm())
            {
                return await CommandLine.RefuseAsync("Nothing was erased. To erase without being asked: --yes.");
            }
        }

        return await run.EraseAsync(
            request with
            {
                Documents = [.. plan.Documents.Select(item => item.Address)],
                Gone = plan.Gone,
            },
            stop);
    }

    private static async Task<int> LiftAsync(ParseResult parsed, Site site, string name, CancellationToken stop)
    {
        var eraser = site.Services.GetRequiredService<Eraser>();
        var lifted = new List<DocumentAddress>();
        foreach (var head in await site.Services.GetRequiredService<ICatalog>().ListHeadsAsync(stop))
        {
            var address = new DocumentAddress(
                head.Collection,
                DocumentId.TryParse(name, out var id) ? id : DocumentId.For(head.Collection, name));
            if (await eraser.LiftAsync(address, stop))
            {
                lifted.Add(address);
            }
        }

        if (lifted.Count == 0)
        {
            return await CommandLine.RefuseAsync($"'{name}' is not erased.");
        }

        CommandLine.Print(
            parsed,
            new { lifted },
            [.. lifted.Select(item => $"{item.Collection}/{item.Document} may come back with the next "
                + "synchronisation of its source.")]);
        return ExitCode.Done;
    }
}

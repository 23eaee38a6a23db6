using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Catalog;
using Terroir.Cli.Output;
using Terroir.Retention;

namespace Terroir.Cli.Commands;

/// <summary>Places, lifts and lists legal holds.</summary>
internal static class HoldCommand
{
    private const int ReasonLengthMax = 1_000;

    private static readonly Option<string> Reason = new("--reason")
    {
        Description = "Why, such as the number of a case. The ledger commits to it.",
        Required = true,
    };

    public static Command Create()
    {
        Reason.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not { Length: > 0 and <= ReasonLengthMax })
            {
                result.AddError($"--reason has 1 to {ReasonLengthMax} characters.");
            }
        });
        var command = new Command("hold", "Keeps documents from being erased.");
        command.Subcommands.Add(CreatePlace());
        command.Subcommands.Add(CreateLift());
        command.Subcommands.Add(CreateList());
        return command;
    }

    private static Command CreatePlace()
    {
        var collection = new Option<string>("--collection")
        {
            Description = "The collection.",
            DefaultValueFactory = _ => Server.Site.DefaultCollection,
        };
        var document = new Option<string[]>("--document")
        {
            Description = "Only this document: its id, or SOURCE:PATH; may be given again.",
        };
        var query = new Option<string?>("--query")
        {
            Description = "Only documents with all of these words, also those that come later.",
        };
        return CommandLine.Create(
            "place",
            "Places a legal hold on a collection, on documents, or on what holds some words.",
            "terroir hold place --query 'chantier Aurore' --reason 'TGI Paris 26/01234'",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var name = parsed.GetValue(collection)!;
                var heads = await site.Services.GetRequiredService<ICatalog>().ListHeadsAsync(stop);
                if (!heads.Any(head => string.Equals(head.Collection.Value, name, StringComparison.Ordinal)))
                {
                    return await CommandLine.RefuseAsync($"There is no collection '{name}'. See 'terroir status'.");
                }

                var id = new CollectionId(name);
                var hold = await site.Services.GetRequiredService<LegalHolds>().PlaceAsync(
                    id,
                    [
                        .. (parsed.GetValue(document) ?? []).Select(text =>
                            DocumentId.TryParse(text, out var known) ? known : DocumentId.For(id, text)),
                    ],
                    parsed.GetValue(query),
                    parsed.GetValue(Reason)!,
                    stop);
                CommandLine.Print(parsed, hold, [$"{hold.Id} is in force: {Describe(hold)}."]);
                return ExitCode.Done;
            },
            collection,
            document,
            query,
            Reason);
    }

    private static Command CreateLift()
    {
        var hold = new Argument<string>("hold") { Description = "The id of the hold." };
        return CommandLine.Create(
            "lift",
            "Lifts a legal hold.",
            "terroir hold lift 1f2e3d4c5b6a --reason 'closed'",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var id = parsed.GetValue(hold)!;
                if (!await site.Services.GetRequiredService<LegalHolds>()
                    .LiftAsync(id, parsed.GetValue(Reason)!, stop))
                {
                    return await CommandLine.RefuseAsync($"There is no hold '{id}'. See 'terroir hold list'.");
                }

                CommandLine.Print(parsed, new { lifted = id }, [$"{id} is lifted."]);
                return ExitCode.Done;
            },
            hold,
            Reason);
    }

    private static Command CreateList() => CommandLine.Create(
        "list",
        "Lists the legal holds that stand.",
        "terroir hold list",
        async (parsed, stop) =>
        {
            await using var site = CommandLine.Open(parsed);
            var holds = await site.Services.GetRequiredService<LegalHolds>().ListAsync(stop);
            CommandLine.Print(
                parsed,
                new { holds },
                [
                    .. holds.Select(hold => $"{hold.Id}  "
                        + $"{hold.PlacedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}  "
                        + $"{Describe(hold)}  {hold.Reason}"),
                    $"{Terminal.Count(holds.Count, "hold")}.",
                ]);
            return ExitCode.Done;
        });

    private static string Describe(LegalHold hold) => hold switch
    {
        { Words: { } words } => $"what holds '{words}' in {hold.Collection}",
        { Documents.Count: > 0 } => $"{Terminal.Count(hold.Documents.Count, "document")} of {hold.Collection}",
        _ => $"all of {hold.Collection}",
    };
}

using System.CommandLine;
using Terroir.Cli.Output;

namespace Terroir.Cli.Commands.Models;

/// <summary>Checks the files of models.</summary>
internal static class ModelVerifyCommand
{
    public static Command Create()
    {
        var id = ModelArgument.Create();
        id.Arity = ArgumentArity.ZeroOrOne;
        return CommandLine.Create(
            "verify",
            "Hashes every file of a model, or of all, and checks the signature of the card.",
            "terroir model verify",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var catalogue = ModelArgument.Catalogue(site);
                var cards = parsed.GetValue(id) is { } one ? [catalogue.Find(one)] : catalogue.List();
                foreach (var card in cards)
                {
                    await Waiting.WithBarAsync($"Checking {card.Id}", tell =>
                    {
                        catalogue.Verify(card, new ModelProgressBar(tell), stop);
                        return Task.FromResult(true);
                    });
                }

                var files = cards.Sum(card => card.Files.Count);
                CommandLine.Print(
                    parsed,
                    new { models = cards.Select(card => card.Id), files },
                    [$"{Terminal.Count(cards.Count, "model")} with {Terminal.Count(files, "file")} checked; sound."]);
                return ExitCode.Done;
            },
            id);
    }
}

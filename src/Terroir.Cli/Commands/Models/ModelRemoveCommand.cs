using System.CommandLine;

namespace Terroir.Cli.Commands.Models;

/// <summary>Removes a model.</summary>
internal static class ModelRemoveCommand
{
    public static Command Create()
    {
        var id = ModelArgument.Create();
        return CommandLine.Create(
            "remove",
            "Removes a model and its files.",
            "terroir model remove qwen2.5-0.5b",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var catalogue = ModelArgument.Catalogue(site);
                var card = catalogue.Find(parsed.GetValue(id)!);
                await OperatorLog.RecordAsync(site, $"model remove {card.Id}", stop);
                catalogue.Remove(card);
                CommandLine.Print(parsed, new { removed = card.Id }, [$"Removed {card.Id}."]);
                return ExitCode.Done;
            },
            id);
    }
}

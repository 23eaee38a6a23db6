using System.CommandLine;
using Terroir.Cli.Commands.Models;

namespace Terroir.Cli.Commands;

/// <summary>Manages the models that run on this machine.</summary>
internal static class ModelCommand
{
    public static Command Create()
    {
        var command = new Command("model", "Manages the models that run on this machine.");
        command.Subcommands.Add(ModelImportCommand.Create());
        command.Subcommands.Add(ModelListCommand.Create());
        command.Subcommands.Add(ModelListCommand.CreateShow());
        command.Subcommands.Add(ModelRemoveCommand.Create());
        command.Subcommands.Add(ModelVerifyCommand.Create());
        command.Subcommands.Add(ModelRunCommand.Create());
        command.Subcommands.Add(ModelBenchCommand.Create());
        return command;
    }
}

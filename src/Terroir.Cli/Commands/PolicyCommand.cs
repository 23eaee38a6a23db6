using System.CommandLine;
using Terroir.Cli.Commands.Policies;

namespace Terroir.Cli.Commands;

/// <summary>Checks, tests, formats and explains policies; it needs no site.</summary>
internal static class PolicyCommand
{
    public static Command Create()
    {
        var command = new Command("policy", "Checks, tests, formats and explains policies in the Cedar language.");
        command.Subcommands.Add(PolicyCheckCommand.Create());
        command.Subcommands.Add(PolicyTestCommand.Create());
        command.Subcommands.Add(PolicyFormatCommand.Create());
        command.Subcommands.Add(PolicyExplainCommand.Create());
        return command;
    }
}

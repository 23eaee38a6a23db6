using System.CommandLine;
using System.CommandLine.Parsing;
using Terroir.Cli.Commands;
using Terroir.Cli.Commands.Identity;

namespace Terroir.Cli;

/// <summary>The verbs of <c>terroir</c>, and what is said of a line that is none of them.</summary>
internal static class CommandTree
{
    /// <summary>How long work has to end after Ctrl-C. What was acknowledged is durable whenever it ends.</summary>
    private static readonly TimeSpan TerminationMax = TimeSpan.FromSeconds(10);

    /// <summary>Makes all verbs.</summary>
    /// <remarks>Not a RootCommand: that one takes its name from the assembly, and the command is called terroir.
    /// </remarks>
    public static Command Create()
    {
        var root = new Command("terroir", "Answers from your own documents, with citations, on your own machine.")
        {
            VerbHelp.CreateOption(),
            new VersionOption(),
            DemoCommand.Create(),
            InitCommand.Create(),
            SourceCommand.Create(),
            SyncCommand.Create(),
            DuplicatesCommand.Create(),
            AskCommand.Create(),
            ConversationCommand.Create(),
            ApprovalCommand.Create(),
            SearchCommand.Create(),
            ModelCommand.Create(),
            AccessCommand.Create(),
            UserCommand.Create(),
            GroupCommand.Create(),
            ApiKeyCommand.Create(),
            SessionCommand.Create(),
            EmergencyCommand.Create(),
            BudgetCommand.Create(),
            StatusCommand.Create(),
            RetryCommand.Create(),
            QualityCommand.Create(),
            ServeCommand.Create(),
            ExtractCommand.Create(),
            PersonalDataCommand.Create(),
            EvalCommand.Create(),
            DoctorCommand.Create(),
            ConfigCommand.Create(),
            KeyCommand.Create(),
            PolicyCommand.Create(),
            AuditCommand.Create(),
            LineageCommand.Create(),
            VerifyCommand.Create(),
            VerifyStoreCommand.Create(),
            EraseCommand.Create(),
            HoldCommand.Create(),
            RetentionCommand.Create(),
            SubjectCommand.Create(),
            RegisterCommand.Create(),
            BreachCommand.Create(),
            EgressCommand.Create(),
            RepairCommand.Create(),
            GcCommand.Create(),
            RebuildCommand.Create(),
            BackupCommand.Create(),
            RestoreCommand.Create(),
        };
        root.Subcommands.Add(CompletionCommand.Create());
        root.Subcommands.Add(CompletionCommand.CreateHidden(root));
        return root;
    }

    /// <summary>Runs a line.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = Create();
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count == 0)
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TerminationMax });
        }

        if (arguments.Length == 0)
        {
            await root.Parse("--help").InvokeAsync();
            return ExitCode.Usage;
        }

        await Console.Error.WriteLineAsync(Describe(parsed));
        return ExitCode.Usage;
    }

    private static string Describe(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as CommandResult)
        {
            names.Insert(0, result.Command.Name);
        }

        var help = $"See '{string.Join(' ', names)} --help'.";
        if (parsed.UnmatchedTokens.Count == 0)
        {
            return $"{parsed.Errors[0].Message.ReplaceLineEndings(" ")} {help}";
        }

        var word = parsed.UnmatchedTokens[0];
        var meant = Suggestions.Find(parsed.CommandResult.Command, word);
        return $"'{word}' is not known here. {(meant is null ? "" : $"Did you mean '{meant}'? ")}{help}";
    }
}

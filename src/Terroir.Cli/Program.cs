using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Terroir.Cli;
using Terroir.Cli.Commands;
using Terroir.Readers.Workers;

// First, since a reading process starts often and needs nothing of the rest.
if (args is [ReadWorkerCommand.Verb])
{
    return await ReadWorkerCommandLine.RunAsync();
}

// Not a RootCommand: that one takes its name from the assembly, and the command is called terroir.
var root = new Command("terroir", "Answers from your own documents, with citations, on your own machine.")
{
    new HelpOption(),
    new VersionOption(),
    DemoCommand.Create(),
    InitCommand.Create(),
    SourceCommand.Create(),
    SyncCommand.Create(),
    AskCommand.Create(),
    SearchCommand.Create(),
    StatusCommand.Create(),
    RetryCommand.Create(),
    ServeCommand.Create(),
    ExtractCommand.Create(),
    EvalCommand.Create(),
    DoctorCommand.Create(),
    ConfigCommand.Create(),
    KeyCommand.Create(),
    VerifyStoreCommand.Create(),
    GcCommand.Create(),
    RebuildCommand.Create(),
    BackupCommand.Create(),
    RestoreCommand.Create(),
};
var parsed = root.Parse(args);
if (parsed.Errors.Count == 0)
{
    return await parsed.InvokeAsync();
}

if (args.Length == 0)
{
    await root.Parse("--help").InvokeAsync();
    return ExitCode.Usage;
}

var names = new List<string>();
for (var result = parsed.CommandResult; result is not null; result = result.Parent as CommandResult)
{
    names.Insert(0, result.Command.Name);
}

var fault = parsed.UnmatchedTokens.Count > 0
    ? $"'{parsed.UnmatchedTokens[0]}' is not known here."
    : parsed.Errors[0].Message.ReplaceLineEndings(" ");
await Console.Error.WriteLineAsync($"{fault} See '{string.Join(' ', names)} --help'.");
return ExitCode.Usage;

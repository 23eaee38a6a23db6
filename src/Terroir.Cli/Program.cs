using System.CommandLine;
using Terroir.Cli;
using Terroir.Cli.Commands;

var root = new RootCommand("Answers from your own documents, with citations, on your own machine.")
{
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
    StoreCommands.CreateVerify(),
    StoreCommands.CreateCollect(),
    StoreCommands.CreateRebuild(),
    StoreCommands.CreateBackUp(),
    StoreCommands.CreateRestore(),
};
var result = root.Parse(args);
if (result.Errors.Count > 0)
{
    await result.InvokeAsync();
    return ExitCode.Usage;
}

return await result.InvokeAsync();

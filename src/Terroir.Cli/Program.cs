using System.Globalization;
using Terroir.Cli;
using Terroir.Cli.Commands;
using Terroir.Readers.Workers;

// First, since a reading process starts often and needs nothing of the rest.
if (args is [ReadWorkerCommand.Verb] or [ReadWorkerCommand.Verb, ReadWorkerCommand.RecognitionArgument])
{
    return await ReadWorkerCommandLine.RunAsync(recognizes: args.Length > 1);
}

// The command speaks English, and a script reads the same digits everywhere. What documents say stays as it is.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
return await CommandTree.RunAsync(args);

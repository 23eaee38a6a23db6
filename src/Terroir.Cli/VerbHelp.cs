using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Terroir.Cli;

/// <summary>The help of a verb, which ends with an example.</summary>
internal sealed class VerbHelp(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>Makes the option that shows it.</summary>
    public static HelpOption CreateOption()
    {
        var option = new HelpOption();
        option.Action = new VerbHelp((HelpAction)option.Action!);
        return option;
    }

    /// <summary>Who asks for help has not typed all yet.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var exit = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is Verb verb)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Example:");
            output.WriteLine($"  {verb.Example}");
            output.WriteLine();
        }

        return exit;
    }
}

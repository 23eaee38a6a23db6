using System.CommandLine;
using System.Globalization;

namespace Terroir.Cli.Commands;

/// <summary>Lets a shell complete what is typed.</summary>
internal static class CompletionCommand
{
    private const string Hidden = "complete";

    // Each asks the hidden verb with the place of the cursor and the line, and falls back to files.
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            _terroir() {
              local IFS=$'\n'
              COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" complete "$COMP_POINT" "$COMP_LINE" 2>/dev/null)" \
                -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _terroir terroir
            """,
        ["zsh"] = """
            #compdef terroir
            _terroir() {
              local -a names
              names=("${(@f)$("${words[1]}" complete "$CURSOR" "$BUFFER" 2>/dev/null)}")
              compadd -a names || _files
            }
            compdef _terroir terroir
            """,
        ["fish"] = """
            complete -c terroir -a '(terroir complete (commandline -C) (commandline) 2>/dev/null)'
            """,
    };

    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var verb = new Verb(
            "completion",
            "Prints a script that lets a shell complete verbs and options.",
            "source <(terroir completion bash)")
        {
            shell,
        };
        verb.SetAction(parsed =>
        {
            Console.Out.WriteLine(Scripts[parsed.GetValue(shell)!]);
            return ExitCode.Done;
        });
        return verb;
    }

    /// <summary>Makes the verb that the scripts call.</summary>
    public static Command CreateHidden(Command root)
    {
        var position = new Argument<string>("position");
        var line = new Argument<string>("line");
        var verb = new Command(Hidden) { position, line };
        verb.Hidden = true;
        verb.SetAction(parsed =>
        {
            var text = parsed.GetValue(line)!;
            if (!int.TryParse(parsed.GetValue(position), CultureInfo.InvariantCulture, out var cursor))
            {
                return ExitCode.Usage;
            }

            // The first word is the command itself, however it was called.
            var typed = text[..Math.Clamp(cursor, 0, text.Length)];
            var first = typed.IndexOf(' ', StringComparison.Ordinal);
            if (first < 0)
            {
                return ExitCode.Done;
            }

            typed = typed[(first + 1)..];
            foreach (var item in root.Parse(typed).GetCompletions(typed.Length))
            {
                Console.Out.WriteLine(item.InsertText ?? item.Label);
            }

            return ExitCode.Done;
        });
        return verb;
    }
}

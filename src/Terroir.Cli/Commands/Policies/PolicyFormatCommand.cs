using System.CommandLine;
using Terroir.Sovereignty.Cedar;

namespace Terroir.Cli.Commands.Policies;

/// <summary>Writes policies in one form.</summary>
internal static class PolicyFormatCommand
{
    public static Command Create()
    {
        var files = PolicyFiles.CreateArgument();
        var write = new Option<bool>("--write") { Description = "Change the files instead of printing." };
        var check = new Option<bool>("--check") { Description = "Only list what would change; fail if there is any." };
        return CommandLine.Create(
            "format",
            "Prints policies in one canonical form; comments are kept.",
            "terroir policy format policies/site.cedar --write",
            async (parsed, stop) =>
            {
                var changed = new List<string>();
                foreach (var file in PolicyFiles.List(parsed.GetValue(files)!))
                {
                    var text = await File.ReadAllTextAsync(file, stop);
                    var formatted = (await PolicyFiles.ReadAsync(
                        file,
                        PolicyFaultText.English,
                        PolicyFormatter.Format,
                        stop))!;
                    if (!string.Equals(text, formatted, StringComparison.Ordinal))
                    {
                        changed.Add(file);
                    }

                    if (parsed.GetValue(write) && changed.Contains(file, StringComparer.Ordinal))
                    {
                        // Whoever reads the policies meanwhile sees the old ones or the new ones, whole.
                        await File.WriteAllTextAsync($"{file}.new", formatted, stop);
                        File.Move($"{file}.new", file, overwrite: true);
                    }
                    else if (!parsed.GetValue(write) && !parsed.GetValue(check) && !parsed.GetValue(CommandLine.AsJson))
                    {
                        await Console.Out.WriteAsync(formatted);
                    }
                }

                var isQuiet = !parsed.GetValue(write) && !parsed.GetValue(check);
                CommandLine.Print(parsed, new { Changed = changed }, isQuiet ? [] : changed);
                return parsed.GetValue(check) && changed.Count > 0 ? ExitCode.Failed : ExitCode.Done;
            },
            files,
            write,
            check);
    }
}

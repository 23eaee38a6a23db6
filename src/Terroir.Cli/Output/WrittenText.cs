using System.CommandLine;
using System.Text;
using Terroir.Storage.Embedded;

namespace Terroir.Cli.Output;

/// <summary>A text that a command writes into a file, or to standard output.</summary>
internal static class WrittenText
{
    /// <summary>Makes the option that names the file.</summary>
    public static Option<string?> CreateOption() => new("--output", "-o")
    {
        Description = "A file. Without it: standard output.",
    };

    /// <summary>Writes the text; a file is readable by its owner only.</summary>
    /// <param name="path">The file; <see langword="null"/> for standard output.</param>
    /// <param name="text">The text.</param>
    public static void Write(string? path, string text)
    {
        if (path is null)
        {
            Console.Out.WriteLine(text.TrimEnd());
        }
        else
        {
            DurableFile.Replace(Path.GetFullPath(path), Encoding.UTF8.GetBytes(text), DurableFile.OwnerOnly);
        }
    }
}

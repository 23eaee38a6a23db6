using System.CommandLine;

namespace Terroir.Cli;

/// <summary>A verb of the command, with a line that one can type.</summary>
internal sealed class Verb(string name, string description, string example) : Command(name, description)
{
    /// <summary>A real use of it.</summary>
    public string Example { get; } = example;
}

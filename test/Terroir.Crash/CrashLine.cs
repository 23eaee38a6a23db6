using System.Diagnostics.CodeAnalysis;

namespace Terroir.Crash;

/// <summary>The lines that the child prints. Each ends with a mark, so that a line cut by the kill is known.</summary>
internal static class CrashLine
{
    private const string End = " .";

    /// <summary>Prints a line and flushes it; lines of several threads do not mix.</summary>
    public static void Write(TextWriter output, string line)
    {
        lock (output)
        {
            output.Write(line + End + "\n");
            output.Flush();
        }
    }

    /// <summary>Splits a whole line into words.</summary>
    /// <returns>Whether it was whole.</returns>
    public static bool TryRead(string line, [NotNullWhen(true)] out string[]? words)
    {
        words = line.EndsWith(End, StringComparison.Ordinal) ? line[..^End.Length].Split(' ') : null;
        return words is not null;
    }
}

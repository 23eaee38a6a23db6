namespace Terroir.Cli;

/// <summary>What the command tells the shell.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Refused = 3;

    /// <summary>A legal hold, or a duty to keep, stands against it.</summary>
    public const int Held = 4;

    public const int Interrupted = 130;
}

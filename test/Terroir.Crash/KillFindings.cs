namespace Terroir.Crash;

/// <summary>What a loop of kills found wrong. For one thread.</summary>
internal sealed class KillFindings
{
    private readonly List<string> _problems = [];

    /// <summary>How much it is.</summary>
    public int Count => _problems.Count;

    /// <summary>Notes a problem unless something holds.</summary>
    public void Check(bool holds, string problem)
    {
        if (!holds)
        {
            _problems.Add(problem);
        }
    }

    /// <summary>The figures on one line, each problem on its own, and the exit code.</summary>
    public (string Text, int ExitCode) Describe(string figures) =>
        (string.Join('\n', _problems.Prepend(figures)), Count == 0 ? 0 : 1);
}

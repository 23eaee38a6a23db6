using System.Globalization;

namespace Terroir.Crash;

/// <summary>What a crash loop did and found.</summary>
internal sealed class CrashReport(int seed)
{
    private readonly List<string> _problems = [];

    public int RoundCount { get; private set; }

    public int AcknowledgedCount { get; private set; }

    public IReadOnlyList<string> Problems => _problems;

    public void Add(int round, int acknowledged, IReadOnlyList<string> problems)
    {
        RoundCount++;
        AcknowledgedCount += acknowledged;
        _problems.AddRange(problems.Select(problem =>
            string.Create(CultureInfo.InvariantCulture, $"round {round}: {problem}")));
    }

    /// <summary>The figures on one line, and each problem on its own.</summary>
    public string Describe() => string.Join('\n', _problems.Prepend(string.Create(
        CultureInfo.InvariantCulture,
        $"{RoundCount} kills, seed {seed}: {AcknowledgedCount} documents acknowledged, {_problems.Count} problems")));
}

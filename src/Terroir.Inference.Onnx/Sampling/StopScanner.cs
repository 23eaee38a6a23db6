using System.Text;

namespace Terroir.Inference.Onnx.Sampling;

/// <summary>Ends a text before the first of its stop strings, and holds back what could be the begin of
/// one.</summary>
internal sealed class StopScanner(IReadOnlyList<string> stops)
{
    private readonly StringBuilder _held = new();

    /// <summary>Whether a stop string was met.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Takes more text, and returns what can be shown.</summary>
    public string Append(string text)
    {
        _held.Append(text);
        var held = _held.ToString();
        var end = stops.Select(stop => held.IndexOf(stop, StringComparison.Ordinal)).Where(at => at >= 0)
            .DefaultIfEmpty(-1).Min();
        IsStopped = end >= 0;
        var shown = IsStopped ? end : held.Length - HeldBack(held);
        _held.Remove(0, shown);
        return held[..shown];
    }

    /// <summary>Returns what was held back, once the text is at its end.</summary>
    public string Flush() => IsStopped ? string.Empty : _held.ToString();

    // The longest end of the text that begins a stop string.
    private int HeldBack(string text)
    {
        var longest = 0;
        foreach (var stop in stops)
        {
            for (var length = Math.Min(stop.Length - 1, text.Length); length > longest; length--)
            {
                if (text.EndsWith(stop[..length], StringComparison.Ordinal))
                {
                    longest = length;
                }
            }
        }

        return longest;
    }
}

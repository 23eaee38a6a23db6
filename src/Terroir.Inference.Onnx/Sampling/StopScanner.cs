using System.Text;

namespace Terroir.Inference.Onnx.Sampling;

/// <summary>Ends a text before the stop string that is complete first, and holds back what could be the begin of
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
        var found = stops.Select(stop => (Start: held.IndexOf(stop, StringComparison.Ordinal), stop.Length))
            .Where(place => place.Start >= 0)
            .OrderBy(place => place.Start + place.Length).ThenBy(place => place.Start)
            .ToList();
        IsStopped = found.Count > 0;
        var shown = IsStopped ? found[0].Start : held.Length - HeldBack(held);
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

using System.Globalization;

namespace Terroir.Crash;

/// <summary>What the child said: what is acknowledged, and what was on its way when it died.</summary>
internal sealed class CrashModel
{
    private readonly Dictionary<string, Dictionary<int, CrashVersion>> _acknowledged = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CrashChange> _tried = new(StringComparer.Ordinal);

    /// <summary>The receipts that were acknowledged.</summary>
    public HashSet<ContentHash> Logged { get; } = [];

    /// <summary>How many events the last checkpoint counted that was told.</summary>
    public long SignedSize { get; private set; }

    /// <summary>How many documents were acknowledged in all.</summary>
    public int AcknowledgedCount { get; private set; }

    public void Read(string line)
    {
        if (!CrashLine.TryRead(line, out var words))
        {
            return;
        }

        switch (words)
        {
            case ["try", var collection, .. var documents]:
                _tried[collection] = CrashChange.Parse(documents);
                break;
            case ["ack", var collection, _]:
                var change = _tried[collection];
                change.ApplyTo(Of(collection));
                AcknowledgedCount += change.Documents.Count;
                _tried.Remove(collection);
                break;
            case ["logged", var receipt]:
                Logged.Add(ContentHash.Parse(receipt));
                break;
            case ["signed", var size]:
                SignedSize = Math.Max(SignedSize, long.Parse(size, CultureInfo.InvariantCulture));
                break;
            case ["refused", var collection, _]:
                _tried.Remove(collection);
                break;
            default:
                break;
        }
    }

    /// <summary>Compares what is there with what was said, and takes it as the start of the next round.</summary>
    /// <returns>Whether it is what was acknowledged, with or without the change that was on its way.</returns>
    public bool Accept(string collection, Dictionary<int, CrashVersion> found)
    {
        var acknowledged = Of(collection);
        var attempted = new Dictionary<int, CrashVersion>(acknowledged);
        if (_tried.Remove(collection, out var change))
        {
            change.ApplyTo(attempted);
        }

        var isKept = AreEqual(found, acknowledged) || AreEqual(found, attempted);
        _acknowledged[collection] = found;
        return isKept;
    }

    /// <summary>Whether everything that was acknowledged is there, and nothing but what was tried.</summary>
    public bool Allows(string collection, Dictionary<int, CrashVersion> found)
    {
        var attempted = new Dictionary<int, CrashVersion>(Of(collection));
        _tried.GetValueOrDefault(collection)?.ApplyTo(attempted);
        return AreEqual(found, Of(collection)) || AreEqual(found, attempted);
    }

    private static bool AreEqual(Dictionary<int, CrashVersion> left, Dictionary<int, CrashVersion> right) =>
        left.Count == right.Count && left.All(item => right.GetValueOrDefault(item.Key) == item.Value);

    private Dictionary<int, CrashVersion> Of(string collection)
    {
        if (!_acknowledged.TryGetValue(collection, out var documents))
        {
            _acknowledged[collection] = documents = [];
        }

        return documents;
    }
}

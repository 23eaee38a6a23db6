using System.Globalization;
using Terroir.Audit;

namespace Terroir.Server.Callers;

/// <summary>Counts keys that were refused, and tells the ledger of them once a minute at most: who has no key must not
/// be able to fill it.</summary>
/// <remarks>Safe to call from several threads at once.</remarks>
internal sealed class RefusedKeys(EventLog log, TimeProvider time)
{
    /// <summary>How long refusals are counted before they are told of again.</summary>
    internal static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Count, DateTimeOffset ToldAt)> _refused = new(StringComparer.Ordinal);

    /// <summary>Counts a refusal.</summary>
    /// <param name="kind">The kind of the event: one of a few.</param>
    public void Count(string kind)
    {
        lock (_gate)
        {
            var (count, toldAt) = _refused.GetValueOrDefault(kind, (0, DateTimeOffset.MinValue));
            _refused[kind] = (count + 1, toldAt);
        }
    }

    /// <summary>Notes what was counted, if the last time is long enough ago.</summary>
    public async Task NoteAsync()
    {
        foreach (var (kind, count) in Take())
        {
            var detail = string.Create(CultureInfo.InvariantCulture, $"{count} refused");
            await log.NoteAsync(kind, actor: null, subject: null, detail);
        }
    }

    private List<(string Kind, int Count)> Take()
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            var due = _refused.Where(item => item.Value.Count > 0 && now - item.Value.ToldAt >= Window)
                .Select(item => (item.Key, item.Value.Count))
                .ToList();
            due.ForEach(item => _refused[item.Key] = (0, now));
            return due;
        }
    }
}

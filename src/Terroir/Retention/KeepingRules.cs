using System.Globalization;
using System.Text;
using Terroir.Catalog;

namespace Terroir.Retention;

/// <summary>What keeps documents from being erased: legal holds first, then duties to keep.</summary>
internal sealed class KeepingRules(
    RetentionJournal journal,
    ICatalog catalog,
    RetentionRules rules,
    TimeProvider time)
{
    /// <summary>Reads what was erased and is held.</summary>
    public Task<RetentionState> ReadStateAsync(CancellationToken cancellationToken) =>
        journal.ReadAsync(cancellationToken);

    /// <summary>Reads what stands now.</summary>
    public async Task<Kept> ReadAsync(CancellationToken cancellationToken) =>
        new((await journal.ReadAsync(cancellationToken)).Holds, catalog, rules, time.GetUtcNow());

    /// <summary>What stands at one time.</summary>
    internal sealed class Kept(
        IReadOnlyList<LegalHold> holds,
        ICatalog catalog,
        RetentionRules rules,
        DateTimeOffset now)
    {
        /// <summary>Tells why a document must be kept.</summary>
        /// <returns>A sentence; <see langword="null"/> if it need not.</returns>
        public async Task<string?> WhyKeptAsync(LiveDocument document, CancellationToken cancellationToken)
        {
            foreach (var hold in holds)
            {
                if (await CoversAsync(hold, document, cancellationToken))
                {
                    return $"The legal hold {hold.Id} of {Day(hold.PlacedAt)} covers it.";
                }
            }

            return rules.KeepUntil(document.Address.Collection, document.Version) is { } until && until > now
                ? $"It must be kept until {Day(until)}."
                : null;
        }

        private async Task<bool> CoversAsync(
            LegalHold hold,
            LiveDocument document,
            CancellationToken cancellationToken)
        {
            if (hold.Collection != document.Address.Collection)
            {
                return false;
            }

            if (hold.Words is { } words)
            {
                var text = await catalog.ReadBlobAsync(document.Version.Text, cancellationToken);
                return PlainWords.HasAll($"{document.Version.Title}\n{Encoding.UTF8.GetString(text.Span)}", words);
            }

            return hold.Documents.Count == 0 || hold.Documents.Contains(document.Address.Document);
        }

        private static string Day(DateTimeOffset time) =>
            time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}

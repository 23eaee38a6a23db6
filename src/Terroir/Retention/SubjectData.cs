using System.Text;
using Terroir.Audit;
using Terroir.Catalog;
using Terroir.Protection.PersonalData;

namespace Terroir.Retention;

/// <summary>Reads what a site holds about a person, for their right of access (GDPR, articles 15 and 20).</summary>
public sealed class SubjectData
{
    private const string PersonKind = "person";

    private readonly ErasurePlanner _planner;
    private readonly ICatalog _catalog;
    private readonly KeptReceipts _receipts;
    private readonly PersonalDataScanner _scanner;

    internal SubjectData(
        ErasurePlanner planner,
        ICatalog catalog,
        KeptReceipts receipts,
        PersonalDataScanner scanner) =>
        (_planner, _catalog, _receipts, _scanner) = (planner, catalog, receipts, scanner);

    /// <summary>Reads the documents that name a person, one after the other.</summary>
    /// <param name="person">The person.</param>
    /// <param name="isRedacted">Whether personal data of others is replaced by its kind; then there is no original.
    /// </param>
    /// <param name="cancellationToken">Stops between two documents.</param>
    public async IAsyncEnumerable<SubjectDocument> ReadDocumentsAsync(
        PersonMention person,
        bool isRedacted,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        var plan = await _planner.FindAsync(person, collection: null, cancellationToken);
        foreach (var item in plan.Documents)
        {
            var stored = await _catalog.ReadBlobAsync(item.Version.Text, cancellationToken);
            var text = Encoding.UTF8.GetString(stored.Span);
            yield return new SubjectDocument(
                item,
                isRedacted ? Redact(text, person) : text,
                isRedacted ? null : await _catalog.ReadBlobAsync(item.Version.Original, cancellationToken));
        }
    }

    /// <summary>Reads the questions of a user of the site, and what was answered.</summary>
    /// <param name="user">The id of the principal, such as <c>user:anne</c>.</param>
    /// <param name="cancellationToken">Stops between two receipts.</param>
    public async IAsyncEnumerable<SubjectAnswer> ReadAnswersAsync(
        string user,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (receipt, asker, openings) in _receipts.ReadAsync(cancellationToken))
        {
            if (string.Equals(asker, user, StringComparison.Ordinal))
            {
                yield return new SubjectAnswer(receipt, TextOf(openings.Question), TextOf(openings.Answer));
            }
        }
    }

    // Findings stand in the order of the text, and none overlaps another.
    private string Redact(string text, PersonMention person)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var redacted = new StringBuilder(text.Length);
        var at = 0;
        foreach (var finding in _scanner.Scan(text))
        {
            if (finding.Kind is PersonKind && person.IsPartOf(finding.Text))
            {
                continue;
            }

            redacted.Append(Encoding.UTF8.GetString(bytes, at, finding.Start - at));
            redacted.Append('[').Append(finding.Kind).Append(']');
            at = finding.End;
        }

        return redacted.Append(Encoding.UTF8.GetString(bytes, at, bytes.Length - at)).ToString();
    }

    private static string? TextOf(Provenance.Receipts.Opening? opening) =>
        opening is null ? null : Encoding.UTF8.GetString(opening.Content);
}

/// <summary>A document that names a person.</summary>
/// <param name="Document">The document.</param>
/// <param name="Text">Its text.</param>
/// <param name="Original">Its original; <see langword="null"/> if others' data is redacted.</param>
public sealed record SubjectDocument(PlannedDocument Document, string Text, ReadOnlyMemory<byte>? Original);

/// <summary>What somebody asked, and was answered.</summary>
/// <param name="Receipt">The receipt.</param>
/// <param name="Question">The question; <see langword="null"/> if it was erased.</param>
/// <param name="Answer">The answer; <see langword="null"/> if it was erased.</param>
public sealed record SubjectAnswer(ContentHash Receipt, string? Question, string? Answer);

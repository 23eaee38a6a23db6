using Terroir.Catalog;
using Terroir.Documents;
using Terroir.Ingestion.Sync;
using Terroir.Storage;

namespace Terroir.Ingestion.Quality;

/// <summary>Decides before a document is indexed whether it is, with a warning or not, or is held.</summary>
/// <remarks>Made for one synchronisation of one source: it knows the rule, what people let through, and the day.
/// Safe to call from several threads.</remarks>
internal sealed class QualityGate(QualityRule rule, IEnumerable<ContentHash> released, DateOnly today)
{
    /// <summary>The reader that is named for a file which was read and then held.</summary>
    internal const string Reader = "quality";

    private readonly HashSet<ContentHash> _released = [.. released];

    /// <summary>Opens the gate of a source.</summary>
    public static async Task<QualityGate> OpenAsync(
        IMetastore metastore,
        QualityRules rules,
        SourceRecord source,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var released = await metastore.Quality.ListReleasesAsync(source.Id, cancellationToken);
        return new QualityGate(
            rules.For(source.Collection),
            released.Select(release => release.Content),
            DateOnly.FromDateTime(now.UtcDateTime));
    }

    /// <summary>Whether a file is held by a rule, not by a reader that failed.</summary>
    public static bool IsHeld(SourceItem item) => item.Quarantine?.Reason is UnreadableReason.HeldForQuality;

    /// <summary>Grades a document that was read.</summary>
    /// <param name="read">What the reader made of it.</param>
    /// <param name="prepared">What would be indexed.</param>
    /// <returns>The document with its grades.</returns>
    public PreparedDocument Grade(ExtractedDocument read, PreparedDocument prepared)
    {
        var evidence = QualityJudge.Measure(new MeasuredDocument(prepared.Path, read, prepared));
        var judgement = Judge(evidence, prepared.Label, prepared.Access);
        var isReleased = judgement.Verdict is QualityVerdict.Hold
            && _released.Contains(ContentHash.Of(prepared.Original.Span));
        return prepared with
        {
            Quality = new DocumentQuality
            {
                Grades = judgement.Letters,
                Overall = judgement.Overall,
                Verdict = isReleased ? QualityVerdict.Released : judgement.Verdict,
                Evidence = evidence,
            },
        };
    }

    /// <summary>Says of a held document what a person reads in a list; reports have words for each finding.</summary>
    public Unreadable Explain(PreparedDocument document)
    {
        var judgement = Judge(document.Quality!.Evidence, document.Label, document.Access);
        return new Unreadable(
            UnreadableReason.HeldForQuality,
            Reader,
            new Remark(RemarkCode.HeldForQuality, $"{judgement.Overall}", judgement.Letters));
    }

    /// <summary>Whether the rule lets a live version be: it was not graded, or is let through.</summary>
    public bool Allows(DocumentVersion document) => document.Quality is not { } quality
        || _released.Contains(document.Version)
        || Judge(quality.Evidence, document.Label, document.Access).Verdict is not QualityVerdict.Hold;

    /// <summary>Whether an item must be read anew because the gate would decide otherwise than it did.</summary>
    /// <param name="items">What is remembered of the item, and of those inside it.</param>
    /// <param name="documents">Its live documents.</param>
    /// <param name="label">The label that the item has now.</param>
    /// <param name="access">Who may read it now.</param>
    public bool ChangedItsMind(
        IReadOnlyList<SourceItem> items,
        IEnumerable<DocumentVersion> documents,
        string label,
        AccessList access)
    {
        var held = items.Where(IsHeld).ToDictionary(item => item.Key.Path, StringComparer.Ordinal);
        return held.Values.Any(item => !StillHolds(item, quality => Judge(quality.Evidence, label, access)))
            || documents.Any(document => !Allows(held.ContainsKey(document.Path)
                ? document
                : document with { Label = label, Access = access }));
    }

    /// <summary>Whether anything of a source must be read anew, whether the source says that it changed or not. Who may
    /// read a held item is not known before the source is listed, so that it counts as before.</summary>
    /// <param name="state">What was there before.</param>
    public bool ChangedItsMind(SyncState state) =>
        state.Items.Any(item => IsHeld(item) && !StillHolds(item, Judge))
        || state.Documents.Any(document => !Allows(document));

    private bool StillHolds(SourceItem item, Func<DocumentQuality, QualityJudgement> judge) =>
        !_released.Contains(item.Content)
        && item.Quality is { } quality
        && judge(quality).Verdict is QualityVerdict.Hold;

    private QualityJudgement Judge(DocumentQuality quality) => QualityJudge.Judge(
        new QualitySubject(quality.Evidence, "", AccessList.Nobody, today, rule.FreshDays)
        {
            Sensitivity = quality.GradeOf(QualityAxis.Sensitivity),
        },
        rule);

    private QualityJudgement Judge(IReadOnlyDictionary<string, double> evidence, string label, AccessList access) =>
        QualityJudge.Judge(new QualitySubject(evidence, label, access, today, rule.FreshDays), rule);
}

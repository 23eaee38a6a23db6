using Terroir.Documents;
using Terroir.Storage;

namespace Terroir.Ingestion.Quality;

/// <summary>A document or held file, judged for a report.</summary>
internal sealed record JudgedItem(
    string Source,
    string Collection,
    string Path,
    string Title,
    QualityVerdict Verdict,
    QualityJudgement Judgement,
    bool HasFormer)
{
    /// <summary>What its reader could not do well.</summary>
    public IReadOnlyList<Remark> Warnings { get; init; } = [];

    /// <summary>Judges a live document.</summary>
    public static JudgedItem Of(
        DocumentVersion document,
        CollectionId collection,
        Copies copies,
        QualityRule rule,
        DateOnly today) => new(
            document.Source,
            collection.Value,
            document.Path,
            document.Title,
            document.Quality!.Verdict,
            QualityJudge.Judge(
                new QualitySubject(document.Quality.Evidence, document.Label, document.Access, today, rule.FreshDays)
                {
                    Copies = copies,
                },
                rule),
            HasFormer: false)
        {
            Warnings = Remark.FromEach(document.Warnings),
        };

    /// <summary>Judges a held file; who may read it is as it was when it was read.</summary>
    public static JudgedItem Of(
        SourceItem item,
        CollectionId collection,
        bool hasFormer,
        QualityRule rule,
        DateOnly today) => new(
            item.Key.Source,
            collection.Value,
            item.Key.Path,
            "",
            QualityVerdict.Hold,
            QualityJudge.Judge(
                new QualitySubject(item.Quality!.Evidence, "", AccessList.Nobody, today, rule.FreshDays)
                {
                    Sensitivity = item.Quality.GradeOf(QualityAxis.Sensitivity),
                },
                rule),
            hasFormer);

    /// <summary>The item for the report.</summary>
    public GradedDocument Describe() => new(
        Source,
        Collection,
        Path,
        Title,
        Verdict,
        Judgement.Overall,
        Judgement.Letters,
        [
            .. Judgement.Axes.SelectMany(axis => axis.Findings.Select(finding => (Axis: axis, Finding: finding)))
                .OrderByDescending(item => QualityJudge.EffectOf(Judgement, item.Axis, item.Finding))
                .Select(item => item.Finding),
        ],
        HasFormer,
        Warnings);
}

using Terroir.Documents;

namespace Terroir.Ingestion.Quality;

/// <summary>Measures and judges a document on all axes.</summary>
internal static class QualityJudge
{
    private static readonly IQualityAxis[] Axes =
    [
        new ReadabilityAxis(), new MetadataAxis(), new FreshnessAxis(), new DuplicationAxis(), new StructureAxis(),
        new SensitivityAxis(), new PoisoningAxis(),
    ];

    /// <summary>How much each axis counts in the overall grade, in the order of the axes.</summary>
    private static readonly int[] Weights = [3, 1, 1, 1, 1, 1, 0];

    /// <summary>Measures a document that was read.</summary>
    public static IReadOnlyDictionary<string, double> Measure(MeasuredDocument document)
    {
        var evidence = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var axis in Axes)
        {
            axis.Measure(document, evidence);
        }

        return evidence;
    }

    /// <summary>Judges by a rule. The same subject and rule always give the same judgement.</summary>
    public static QualityJudgement Judge(QualitySubject subject, QualityRule rule)
    {
        var axes = Axes.Select(axis => axis.Judge(subject)).ToArray();
        var overall = Overall(axes);
        var verdict = axes
            .Select(axis => axis.Axis is not QualityAxis.Duplication && rule.Axes.TryGetValue(axis.Axis, out var bounds)
                ? bounds.Decide(axis.Grade)
                : QualityVerdict.Index)
            .Append(rule.Overall.Decide(overall))
            .Max();
        return new QualityJudgement(axes, overall, verdict);
    }

    /// <summary>How many grades the overall grade would gain, before it is rounded, if all were A.</summary>
    public static double Loss(QualityJudgement judgement)
    {
        var graded = judgement.Axes.Zip(Weights).Where(axis => axis.First.Grade is not null).ToArray();
        var weight = graded.Sum(axis => axis.Second);
        return graded.Sum(axis => axis.Second * (double)axis.First.Grade!) / Math.Max(1, weight);
    }

    /// <summary>How many of these a fix of one finding would gain: what the axis loses, shared out among its findings
    /// by how bad each is, so that what is mended together counts once.</summary>
    public static double EffectOf(QualityJudgement judgement, AxisJudgement axis, QualityFinding finding)
    {
        var weight = judgement.Axes.Zip(Weights).Where(item => item.First.Grade is not null).Sum(item => item.Second);
        var share = (double)finding.Grade / Math.Max(1, axis.Findings.Sum(item => (int)item.Grade));
        return Weights[(int)axis.Axis] * (double)(axis.Grade ?? QualityGrade.A) * share / Math.Max(1, weight);
    }

    // The weighted mean, a half counting as the worse grade; at most one grade better than readability, and E with it:
    // nothing makes up for a text that cannot be read.
    private static QualityGrade Overall(AxisJudgement[] axes)
    {
        var mean = Loss(new QualityJudgement(axes, QualityGrade.A, QualityVerdict.Index));
        var grade = (QualityGrade)(int)Math.Floor(mean + 0.5);
        return axes[0].Grade switch
        {
            QualityGrade.E => QualityGrade.E,
            { } readability when readability - 1 > grade => readability - 1,
            _ => grade,
        };
    }
}

/// <summary>The grades of a document, and what a rule makes of them.</summary>
/// <param name="Axes">The axes in their order.</param>
/// <param name="Overall">The overall grade.</param>
/// <param name="Verdict">What to do; never <see cref="QualityVerdict.Released"/>.</param>
internal sealed record QualityJudgement(
    IReadOnlyList<AxisJudgement> Axes,
    QualityGrade Overall,
    QualityVerdict Verdict)
{
    /// <summary>A letter for each axis; <c>-</c> where there is no grade.</summary>
    public string Letters => string.Concat(Axes.Select(axis => axis.Grade?.ToString() ?? "-"));
}

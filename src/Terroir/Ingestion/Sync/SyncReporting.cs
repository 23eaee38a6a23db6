using Terroir.Ingestion.Remarks;
using Terroir.Sources;
using Terroir.Storage;

namespace Terroir.Ingestion.Sync;

/// <summary>Puts together what a synchronisation tells.</summary>
internal static class SyncReporting
{
    /// <summary>What was done.</summary>
    public static SyncReport Describe(
        SourceRecord source,
        SourceContent content,
        SyncPlan plan,
        IReadOnlyList<SourceProblem> problems,
        long generation) => new()
        {
            Source = source.Id,
            FileCount = plan.Tally.FileCount,
            AddedCount = plan.Tally.AddedCount,
            ChangedCount = plan.Tally.ChangedCount,
            MovedCount = plan.Tally.MovedCount,
            RemovedCount = plan.Tally.RemovedCount,
            StampedCount = plan.Tally.StampedCount,
            UnchangedCount = plan.Tally.UnchangedCount,
            QuarantinedCount = plan.Tally.QuarantinedCount + plan.Tally.NoticeCount,
            HeldCount = plan.Tally.HeldCount,
            PassageCount = plan.Tally.PassageCount,
            Ignored = content.Ignored,
            Problems = problems,
            HeldReason = plan.HeldReason,
            Generation = generation,
        };

    /// <summary>What a person must mend: folders that could not be looked into, and permissions.</summary>
    public static IReadOnlyList<SourceProblem> FindProblems(SourceContent content) =>
    [
        .. content.Unread.Values.Select(unread =>
            new SourceProblem(
                ItemName.OfFolder(unread.Path),
                Line: 0,
                IsWarning: false,
                RemarkText.English.Describe(unread.Advice))),
        .. content.Faults.Select(fault => new SourceProblem(
            fault.Path.Length == 0 ? "." : fault.Path,
            fault.Line,
            IsWarning: false,
            $"{fault.Problem} Until it is mended, nobody reads what it covers.")),
        .. content.Problems,
    ];
}

using Terroir.Sovereignty;

namespace Terroir.Answers.Approvals;

/// <summary>Labels as they are stored and shown.</summary>
/// <param name="Classification">How confidential: one of <see cref="ClassificationNames.All"/>.</param>
/// <param name="Countries">Where it may be processed; <see langword="null"/> for everywhere.</param>
/// <param name="Personal">The categories of personal data.</param>
/// <param name="Purposes">What it may be used for; <see langword="null"/> for anything.</param>
/// <param name="Contracts">The contracts that bind it.</param>
public sealed record ApprovalLabels(
    string Classification,
    IReadOnlyList<string>? Countries,
    IReadOnlyList<string> Personal,
    IReadOnlyList<string>? Purposes,
    IReadOnlyList<string> Contracts)
{
    internal static ApprovalLabels From(DataLabels labels) => new(
        ClassificationNames.All[(int)labels.Classification],
        labels.Countries is null ? null : [.. labels.Countries],
        [.. labels.Personal],
        labels.Purposes is null ? null : [.. labels.Purposes],
        [.. labels.Contracts]);
}

using System.Diagnostics;
using System.Globalization;

namespace Terroir.Answers.Approvals;

/// <summary>Says where a request for approval stands, in the language of the answer.</summary>
internal static class ApprovalWords
{
    /// <summary>Says it.</summary>
    public static string Describe(ApprovalRequest request, AnswerWords words) => request.State switch
    {
        ApprovalState.Pending => string.Format(
            CultureInfo.InvariantCulture,
            words.ApprovalAsked,
            request.Id,
            request.Until.ToString(words.DayFormat, CultureInfo.InvariantCulture)),
        ApprovalState.Refused => string.Format(CultureInfo.InvariantCulture, words.ApprovalRefused, request.Id),
        ApprovalState.Approved => string.Format(CultureInfo.InvariantCulture, words.ApprovalGiven, request.Id),
        _ => throw new UnreachableException(),
    };
}

using Terroir.Answers;

namespace Terroir.Web;

/// <summary>Where the receipt of an answer is.</summary>
public static class ReceiptLink
{
    /// <summary>The path of a receipt.</summary>
    /// <param name="answer">The answer.</param>
    /// <returns>The path; <see langword="null"/> if none was kept.</returns>
    public static string? Of(Answer answer) => answer.Receipt.IsNone ? null : $"/api/receipts/{answer.Receipt.Hex}";
}

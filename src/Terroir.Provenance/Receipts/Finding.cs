using System.Globalization;

namespace Terroir.Provenance.Receipts;

/// <summary>Something that the verification of a receipt found.</summary>
/// <param name="Code">What.</param>
/// <param name="Values">What the sentence is filled with, as <see cref="FindingCode"/> says.</param>
public sealed record Finding(FindingCode Code, IReadOnlyList<string> Values)
{
    /// <summary>Says it in French.</summary>
    public string ToFrench() => Fill(FrenchFindings.Sentence(Code));

    /// <summary>Says it in English.</summary>
    public string ToEnglish() => Fill(EnglishFindings.Sentence(Code));

    private string Fill(string sentence) => string.Format(CultureInfo.InvariantCulture, sentence, [.. Values]);
}

using System.Globalization;
using Terroir.Answers.Approvals;
using Terroir.Protection.PersonalData;

namespace Terroir.Answers.Redaction;

/// <summary>What may be sent to a model, or what is answered instead.</summary>
internal sealed record ModelPermission
{
    /// <summary>What may be sent; <see langword="null"/> for nothing.</summary>
    public PassagePrompt? Prompt { get; init; }

    /// <summary>What the policies said; <see langword="null"/> if the site has none.</summary>
    public PolicyVerdict? Verdict { get; init; }

    /// <summary>What stands for the personal data of the prompt; <see langword="null"/> if it is as it was.</summary>
    public Pseudonyms? Names { get; init; }

    /// <summary>The case under which the names are kept; <see langword="null"/> if they are not.</summary>
    public string? Case { get; init; }

    /// <summary>What a person approved; <see langword="null"/> where nobody had to.</summary>
    public ApprovalRequest? Approval { get; init; }

    /// <summary>The answer where nothing may be sent.</summary>
    public Draft? Refusal { get; init; }

    /// <summary>What the asker is told of it.</summary>
    public IEnumerable<string> NoticesIn(AnswerWords words)
    {
        if (Approval is not null)
        {
            yield return ApprovalWords.Describe(Approval, words);
        }

        if (Names is not null)
        {
            var notice = string.Format(CultureInfo.InvariantCulture, words.Redacted, Verdict!.Names);
            yield return Case is null
                ? notice
                : $"{notice} {string.Format(CultureInfo.InvariantCulture, words.PseudonymCase, Case)}";
        }
    }
}

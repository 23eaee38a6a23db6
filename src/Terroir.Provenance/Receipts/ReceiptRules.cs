using System.Globalization;

namespace Terroir.Provenance.Receipts;

/// <summary>What must fit in a receipt, whatever is true.</summary>
public static class ReceiptRules
{
    /// <summary>The format of times.</summary>
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>No energy was metered.</summary>
    public const string NotMetered = "not metered";

    /// <summary>Energy was computed from a model of what draws it.</summary>
    public const string Modelled = "modelled";

    /// <summary>How many passages, citations and sentences a receipt may have, each.</summary>
    public const int CountMax = 10_000;

    /// <summary>The greatest integer: JSON of RFC 8785 has no greater one without a loss.</summary>
    public const long IntegerMax = (1L << 53) - 1;

    /// <summary>What a policy may decide.</summary>
    public static IReadOnlyList<string> Outcomes { get; } = ["allow", "redact", "local-only", "ask", "deny"];

    /// <summary>What the check of a sentence may find: its words are those of a citation, a citation supports it, none
    /// does, or it was not checked, because it says nothing of a document.</summary>
    public static IReadOnlyList<string> Verdicts { get; } = ["quoted", "supported", "unsupported", "not checked"];

    /// <summary>Where a figure of energy may come from.</summary>
    public static IReadOnlyList<string> Evidences { get; } = ["measured", "attributed", Modelled, NotMetered];

    /// <summary>Finds what does not fit.</summary>
    /// <param name="receipt">The receipt.</param>
    /// <returns>The name of the member that does not fit; <see langword="null"/> if all do.</returns>
    public static string? FindFault(AnswerReceipt receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        (string Member, bool Fits)[] rules =
        [
            ("format", receipt.Format == 1),
            ("site", receipt is { Site: not null, Collection: not null, Request: not null, Software: not null }),
            ("answeredAt", IsTime(receipt.AnsweredAt)),
            ("corpus", receipt.Corpus is null or { Generation: > 0 and <= IntegerMax }),
            ("otherCorpora", receipt.OtherCorpora is null || receipt.OtherCorpora.All(Fits)),
            ("shown", receipt.Shown is { Count: >= 0 and <= CountMax }),
            ("citations", receipt.Citations is { Count: <= CountMax } && receipt.Citations.All(c => Fits(c, receipt))),
            ("decision", receipt.Decision is { Reasons: not null } && Has(Outcomes, receipt.Decision.Outcome)),
            ("sentences", receipt.Sentences is { Count: <= CountMax } && receipt.Sentences.All(s => Fits(s, receipt))),
            ("energy", receipt.Energy is not null && Fits(receipt.Energy)),
            ("model", receipt.Model is null || Fits(receipt.Model)),
        ];
        return rules.FirstOrDefault(rule => !rule.Fits).Member;
    }

    internal static bool IsTime(string? text) => DateTimeOffset.TryParseExact(
        text,
        TimeFormat,
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal,
        out _);

    private static bool Has(IReadOnlyList<string> words, string? word) => words.Contains(word, StringComparer.Ordinal);

    private static bool Fits(ReceiptOtherCorpus? corpus) =>
        corpus is { Collection: not null, Generation: > 0 and <= IntegerMax };

    private static bool Fits(ReceiptCitation? citation, AnswerReceipt receipt) =>
        citation is { Passage: >= 0, Start: >= 0 and <= IntegerMax, Length: > 0 and <= IntegerMax, Rank: > 0 }
        && citation is { Label: not null, PermissionEpoch: >= 0 and <= IntegerMax }
        && citation.Passage < receipt.Shown?.Count;

    private static bool Fits(ReceiptSentence? sentence, AnswerReceipt receipt) =>
        sentence is { Start: >= 0 and <= IntegerMax, Length: > 0 and <= IntegerMax, Citations.Count: <= CountMax }
        && Has(Verdicts, sentence.Verdict)
        && sentence.Citations.All(citation => citation >= 0 && citation < receipt.Citations?.Count);

    private static bool Fits(ReceiptModel model) =>
        model is { Id: not null, Endpoint: not null }
        && model.Sampling is { Temperature: >= 0, TopP: > 0 and <= 1, TokensMax: > 0 }
        && model.Sampling.Seed is null or >= -IntegerMax and <= IntegerMax;

    private static bool Fits(ReceiptEnergy energy) => energy.Evidence is NotMetered
        ? energy is { Joules: null, JoulesMin: null, JoulesMax: null }
        : Has(Evidences, energy.Evidence)
            && energy is { Joules: >= 0, JoulesMin: >= 0, Method: not null }
            && energy.JoulesMin <= energy.Joules
            && energy.Joules <= energy.JoulesMax;
}

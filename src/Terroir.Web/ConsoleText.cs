using System.Globalization;
using Terroir.Documents;
using Terroir.Ingestion.Remarks;
using Terroir.Kinship;

namespace Terroir.Web;

/// <summary>The words of the console in one language; none may be left out.</summary>
public sealed record ConsoleText
{
    /// <summary>The words in French, the console's first language.</summary>
    public static ConsoleText French { get; } = FrenchWords.All;

    /// <summary>The words in English.</summary>
    public static ConsoleText English { get; } = EnglishWords.All;

    /// <summary>How dates and numbers are written: day before month in both languages.</summary>
    public required CultureInfo Culture { get; init; }

    /// <summary>What to do about a refusal, a sentence each.</summary>
    public required IReadOnlyList<string> RefusedAdvice { get; init; }

    /// <summary>Why a file is in quarantine, in a few words.</summary>
    public required IReadOnlyDictionary<UnreadableReason, string> Reasons { get; init; }

    /// <summary>The words for what is said of files.</summary>
    public RemarkText Remarks => RemarkText.For(Language);

#pragma warning disable CS1591 // Each member is the text that it holds.
    public required string Language { get; init; }

    public required string OtherLanguage { get; init; }

    public required string OtherLanguageName { get; init; }

    public required string Tagline { get; init; }

    public required string SkipToContent { get; init; }

    public required string Navigation { get; init; }

    public required string NavigationAsk { get; init; }

    public required string NavigationSources { get; init; }

    public required string NavigationQuality { get; init; }

    public required string AskTitle { get; init; }

    public required string QuestionLabel { get; init; }

    public required string QuestionHint { get; init; }

    public required string PersonLabel { get; init; }

    public required string PersonHint { get; init; }

    public required string PersonNone { get; init; }

    public required string AskButton { get; init; }

    public required string EngineLabel { get; init; }

    public required string EngineUsual { get; init; }

    public required string EngineExtractive { get; init; }

    public required string DraftTitle { get; init; }

    public required string DraftHint { get; init; }

    public required string ChoosePerson { get; init; }

    public required string QuestionTooLong { get; init; }

    public required string AnswerTitle { get; init; }

    public required string RefusedTitle { get; init; }

    public required string ReceiptLabel { get; init; }

    public required string ReceiptFile { get; init; }

    public required string ReceiptProof { get; init; }

    public required string ReceiptOpenings { get; init; }

    public required string NoticesTitle { get; init; }

    public required string CitationsTitle { get; init; }

    public required string CitationLink { get; init; }

    public required string OpenDocument { get; init; }

    public required string Page { get; init; }

    public required string Slide { get; init; }

    public required string Sheet { get; init; }

    public required string Paragraph { get; init; }

    public required string Line { get; init; }

    public required string DownloadOriginal { get; init; }

    public required string GoToCitation { get; init; }

    public required string TextTitle { get; init; }

    public required string TextIsCut { get; init; }

    public required string Label { get; init; }

    public required string ModifiedAt { get; init; }

    public required string Path { get; init; }

    public required string SourcesTitle { get; init; }

    public required string CollectionsTitle { get; init; }

    public required string Collection { get; init; }

    public required string Documents { get; init; }

    public required string Passages { get; init; }

    public required string Generation { get; init; }

    public required string SourcesHeading { get; init; }

    public required string Source { get; init; }

    public required string Location { get; init; }

    public required string SyncedAt { get; init; }

    public required string Never { get; init; }

    public required string State { get; init; }

    public required string InOrder { get; init; }

    public required string QuarantineTitle { get; init; }

    public required string QuarantineEmpty { get; init; }

    public required string Reason { get; init; }

    public required string Advice { get; init; }

    public required string SignInTitle { get; init; }

    public required string SignInText { get; init; }

    public required string NotFoundTitle { get; init; }

    public required string NotFoundText { get; init; }

    public required string OperatorsOnlyTitle { get; init; }

    public required string OperatorsOnlyText { get; init; }

    public required string ReadersOnlyTitle { get; init; }

    public required string ReadersOnlyText { get; init; }

    public required string Footer { get; init; }

    public required string Problem { get; init; }

    public required string ProviderExtractive { get; init; }

    public required string ProviderModel { get; init; }

    public required string Checked { get; init; }

    public required string Version { get; init; }

    public required string SameAs { get; init; }

    public required string NearlySameAs { get; init; }

    public required string Replaces { get; init; }

    public required string ReplacedBy { get; init; }

    public required string Place { get; init; }

    public required string SearchedIn { get; init; }

    public required string ReadFrom { get; init; }

    public required string GenerationShort { get; init; }

    public required string SignInKey { get; init; }

    public required string SignInKeyHint { get; init; }

    public required string SignInButton { get; init; }

    public required string SignInRefused { get; init; }

    public required string SignInTooMany { get; init; }

    public required string SignInWith { get; init; }

    public required string SignInUnproven { get; init; }

    public required string SignInNoAccount { get; init; }

    public required string SignInProviderAway { get; init; }

    public required string SignInUser { get; init; }

    public required string SignInPassword { get; init; }

    public required string SignInWithKey { get; init; }

    public required string SignInButtonKey { get; init; }

    public required string SignedInAs { get; init; }

    public required string SignOut { get; init; }

    public required string NothingHereText { get; init; }

    public required string BusyTitle { get; init; }

    public required string BusyText { get; init; }

    public required string FailedTitle { get; init; }

    public required string FailedText { get; init; }

    public required string NobodyText { get; init; }

    public required string SourcesEmpty { get; init; }
#pragma warning restore CS1591

    /// <summary>Chooses the words.</summary>
    /// <param name="languages">A language, or the header <c>Accept-Language</c>.</param>
    /// <returns>English if it is the first of the two that is accepted; else French.</returns>
    public static ConsoleText For(string languages)
    {
        ArgumentNullException.ThrowIfNull(languages);
        return RemarkText.FirstOf(languages) is "en" ? English : French;
    }

    /// <summary>Says why somebody could not sign in.</summary>
    /// <param name="fault">Why.</param>
    /// <returns>The words.</returns>
    public string Explain(Pages.SignInFault fault) => fault switch
    {
        Pages.SignInFault.TooMany => SignInTooMany,
        Pages.SignInFault.Unproven => SignInUnproven,
        Pages.SignInFault.NoAccount => SignInNoAccount,
        Pages.SignInFault.ProviderAway => SignInProviderAway,
        _ => SignInRefused,
    };

    /// <summary>Says how another document is related to one that is shown.</summary>
    /// <param name="relation">The relation.</param>
    /// <returns>The words.</returns>
    public string WordsOf(KinRelation relation) => relation switch
    {
        KinRelation.Same => SameAs,
        KinRelation.Older => Replaces,
        KinRelation.Newer => ReplacedBy,
        _ => NearlySameAs,
    };

    /// <summary>Writes a date in full, such as « 26 novembre 2026 » or « 1er mars 2026 ».</summary>
    /// <param name="time">The time; its date in UTC is written.</param>
    /// <returns>The words.</returns>
    public string Date(DateTimeOffset time)
    {
        var date = time.UtcDateTime;
        var day = date.Day == 1 && Language is "fr" ? "1er" : date.Day.ToString(Culture);
        return $"{day} {date.ToString("MMMM yyyy", Culture)}";
    }

    /// <summary>Writes a date and a time to the minute, in UTC.</summary>
    /// <param name="time">The time.</param>
    /// <returns>The words.</returns>
    public string Time(DateTimeOffset time) =>
        $"{Date(time)}, {time.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture)}\u00A0UTC";
}

using System.Globalization;

namespace Terroir.Web;

/// <summary>The words of the console in one language.</summary>
public sealed record ConsoleText
{
    /// <summary>The words in French, the console's first language.</summary>
    public static ConsoleText French { get; } = new();

    /// <summary>The words in English.</summary>
    public static ConsoleText English { get; } = new()
    {
        Language = "en",
        Culture = CultureInfo.GetCultureInfo("en-GB"),
        OtherLanguage = "fr",
        OtherLanguageName = "Français",
        Tagline = "Answers from your documents, with proof.",
        SkipToContent = "Skip to content",
        Navigation = "Main",
        NavigationAsk = "Ask",
        NavigationSources = "Sources",
        AskTitle = "Ask the documents",
        QuestionLabel = "Your question",
        QuestionHint = "In plain language. Every statement of the answer is quoted from a document that you may read.",
        PersonLabel = "Ask as",
        PersonHint = "Demo: each person reads only their own documents.",
        PersonNone = "Choose a person",
        AskButton = "Ask",
        ChoosePerson = "Choose whom you ask as.",
        QuestionTooLong = "The question is too long: 4,000 characters at most.",
        AnswerTitle = "Answer",
        RefusedTitle = "No answer",
        NoticesTitle = "Please note",
        CitationsTitle = "Sources of this answer",
        CitationLink = "See source",
        OpenDocument = "Read in the document",
        Page = "page",
        Slide = "slide",
        Sheet = "sheet",
        Paragraph = "paragraph",
        Line = "line",
        DownloadOriginal = "Download the original",
        GoToCitation = "Go to the cited passage",
        TextTitle = "Text of the document",
        TextIsCut = "This document is long: only the part around the cited passage is shown.",
        Label = "Classification",
        ModifiedAt = "Last changed",
        Path = "File",
        SourcesTitle = "Sources and quarantine",
        CollectionsTitle = "Collections",
        Collection = "Collection",
        Documents = "Documents",
        Passages = "Passages",
        Generation = "Generation",
        SourcesHeading = "Sources",
        Source = "Source",
        Location = "Folder",
        SyncedAt = "Last read",
        Never = "never",
        State = "State",
        InOrder = "in order",
        QuarantineTitle = "Quarantine",
        QuarantineEmpty = "Every file was read.",
        Reason = "Reason",
        Advice = "What to do",
        SignInTitle = "Sign-in needed",
        SignInText = "This site answers only to recognised people. Use the API with your key, or start the demo.",
        NotFoundTitle = "Not found",
        NotFoundText = "There is no such document, or you may not read it.",
        OperatorsOnlyTitle = "For operators",
        OperatorsOnlyText = "Only an operator of the site sees its sources and quarantine.",
        Footer = "Terroir runs on this site's own machines. This page loads nothing from elsewhere.",
    };

    /// <summary>Chooses the words.</summary>
    /// <param name="languages">A language, or the header <c>Accept-Language</c>.</param>
    /// <returns>English if it is the first of the two that is accepted; else French.</returns>
    public static ConsoleText For(string languages)
    {
        ArgumentNullException.ThrowIfNull(languages);
        var first = languages.Split(',', StringSplitOptions.TrimEntries)
            .FirstOrDefault(language => IsLanguage(language, "fr") || IsLanguage(language, "en"));
        return first is not null && IsLanguage(first, "en") ? English : French;
    }

    /// <summary>How dates and numbers are written: day before month in both languages.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.GetCultureInfo("fr-FR");

#pragma warning disable CS1591 // Each member is the text that it holds.
    public string Language { get; init; } = "fr";

    public string OtherLanguage { get; init; } = "en";

    public string OtherLanguageName { get; init; } = "English";

    public string Tagline { get; init; } = "Des réponses tirées de vos documents, avec la preuve.";

    public string SkipToContent { get; init; } = "Aller au contenu";

    public string Navigation { get; init; } = "Principale";

    public string NavigationAsk { get; init; } = "Demander";

    public string NavigationSources { get; init; } = "Sources";

    public string AskTitle { get; init; } = "Interroger les documents";

    public string QuestionLabel { get; init; } = "Votre question";

    public string QuestionHint { get; init; } =
        "En langage courant. Chaque phrase de la réponse est citée d'un document que vous pouvez lire.";

    public string PersonLabel { get; init; } = "Demander en tant que";

    public string PersonHint { get; init; } = "Démonstration : chaque personne ne lit que ses documents.";

    public string PersonNone { get; init; } = "Choisir une personne";

    public string AskButton { get; init; } = "Demander";

    public string ChoosePerson { get; init; } = "Choisissez la personne au nom de qui vous demandez.";

    public string QuestionTooLong { get; init; } = "La question est trop longue : 4 000 caractères au plus.";

    public string AnswerTitle { get; init; } = "Réponse";

    public string RefusedTitle { get; init; } = "Pas de réponse";

    public string NoticesTitle { get; init; } = "À noter";

    public string CitationsTitle { get; init; } = "Sources de cette réponse";

    public string CitationLink { get; init; } = "Voir la source";

    public string OpenDocument { get; init; } = "Lire dans le document";

    public string Page { get; init; } = "page";

    public string Slide { get; init; } = "diapositive";

    public string Sheet { get; init; } = "feuille";

    public string Paragraph { get; init; } = "paragraphe";

    public string Line { get; init; } = "ligne";

    public string DownloadOriginal { get; init; } = "Télécharger l'original";

    public string GoToCitation { get; init; } = "Aller au passage cité";

    public string TextTitle { get; init; } = "Texte du document";

    public string TextIsCut { get; init; } =
        "Ce document est long : seule la partie autour du passage cité est affichée.";

    public string Label { get; init; } = "Classification";

    public string ModifiedAt { get; init; } = "Modifié le";

    public string Path { get; init; } = "Fichier";

    public string SourcesTitle { get; init; } = "Sources et quarantaine";

    public string CollectionsTitle { get; init; } = "Collections";

    public string Collection { get; init; } = "Collection";

    public string Documents { get; init; } = "Documents";

    public string Passages { get; init; } = "Passages";

    public string Generation { get; init; } = "Génération";

    public string SourcesHeading { get; init; } = "Sources";

    public string Source { get; init; } = "Source";

    public string Location { get; init; } = "Dossier";

    public string SyncedAt { get; init; } = "Dernière lecture";

    public string Never { get; init; } = "jamais";

    public string State { get; init; } = "État";

    public string InOrder { get; init; } = "en ordre";

    public string QuarantineTitle { get; init; } = "Quarantaine";

    public string QuarantineEmpty { get; init; } = "Tous les fichiers ont été lus.";

    public string Reason { get; init; } = "Raison";

    public string Advice { get; init; } = "Que faire";

    public string SignInTitle { get; init; } = "Identification requise";

    public string SignInText { get; init; } =
        "Ce site ne répond qu'aux personnes reconnues. Utilisez l'API avec votre clé, ou lancez la démonstration.";

    public string NotFoundTitle { get; init; } = "Introuvable";

    public string NotFoundText { get; init; } = "Ce document n'existe pas, ou vous ne pouvez pas le lire.";

    public string OperatorsOnlyTitle { get; init; } = "Réservé aux exploitants";

    public string OperatorsOnlyText { get; init; } =
        "Seul un exploitant du site voit ses sources et sa quarantaine.";

    public string Footer { get; init; } =
        "Terroir fonctionne sur les machines du site. Cette page ne charge rien d'ailleurs.";
#pragma warning restore CS1591

    private static bool IsLanguage(string entry, string language) =>
        entry.StartsWith(language, StringComparison.OrdinalIgnoreCase)
        && (entry.Length == language.Length || entry[language.Length] is '-' or ';');
}

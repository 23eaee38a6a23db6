namespace Terroir.Web;

/// <summary>The words of the page of access in an emergency in one language; none may be left out.</summary>
public sealed record EmergencyText
{
    /// <summary>The words in French.</summary>
    public static EmergencyText French { get; } = new()
    {
        Navigation = "Accès en urgence",
        Title = "Accès en urgence",
        Warning =
            "Chaque ouverture est inscrite au journal avec votre nom, l’heure et le motif. Ce que vous lisez et "
            + "demandez pendant ce temps y est aussi, et sera contrôlé.",
        Hint =
            "L’accès en urgence ouvre, pour un temps limité, les documents que leurs permissions donnent au groupe "
            + "d’urgence. Ce qui vous est refusé nommément le reste.",
        NotForYou = "Vous ne pouvez pas ouvrir d’accès en urgence.",
        ChoosePerson = "Choisissez d’abord une personne.",
        Show = "Afficher",
        OpenTitle = "Ouvrir un accès",
        Group = "Groupe d’urgence",
        Choice = "{0}, {1}\u00A0min",
        Reason = "Motif",
        ReasonHint = "De 3 à 500\u00A0caractères. Ne nommez pas le patient.",
        OpenButton = "Ouvrir l’accès, je sais qu’il est journalisé",
        BannerTitle = "Accès en urgence ouvert",
        Banner = "Groupe {0}, jusqu’au {1}. Tout ce que vous lisez et demandez est au journal.",
        EndButton = "Fermer l’accès maintenant",
        BadReason = "Écrivez le motif, de 3 à 500\u00A0caractères.",
        OpenAlready = "Cet accès est déjà ouvert.",
        TooOften = "Vous avez ouvert trop d’accès en 24\u00A0heures. Adressez-vous à l’exploitant du site.",
    };

    /// <summary>The words in English.</summary>
    public static EmergencyText English { get; } = new()
    {
        Navigation = "Emergency access",
        Title = "Emergency access",
        Warning =
            "Each opening is logged with your name, the time and the reason. What you read and ask meanwhile is logged "
            + "too, and will be reviewed.",
        Hint =
            "Emergency access opens, for a limited time, the documents whose permissions allow the emergency group. "
            + "What is denied to you stays denied.",
        NotForYou = "You may not open emergency access.",
        ChoosePerson = "Choose a person first.",
        Show = "Show",
        OpenTitle = "Open access",
        Group = "Emergency group",
        Choice = "{0}, {1}\u00A0min",
        Reason = "Reason",
        ReasonHint = "3 to 500 characters. Do not name the patient.",
        OpenButton = "Open access, I know that it is logged",
        BannerTitle = "Emergency access is open",
        Banner = "Group {0}, until {1}. Everything that you read and ask is logged.",
        EndButton = "End access now",
        BadReason = "Write the reason, in 3 to 500 characters.",
        OpenAlready = "This access is open already.",
        TooOften = "You opened access too often in 24 hours. Ask whoever runs the site.",
    };

#pragma warning disable CS1591 // Each member is the text that it holds.
    public required string Navigation { get; init; }

    public required string Title { get; init; }

    public required string Warning { get; init; }

    public required string Hint { get; init; }

    public required string NotForYou { get; init; }

    public required string ChoosePerson { get; init; }

    public required string Show { get; init; }

    public required string OpenTitle { get; init; }

    public required string Group { get; init; }

    public required string Choice { get; init; }

    public required string Reason { get; init; }

    public required string ReasonHint { get; init; }

    public required string OpenButton { get; init; }

    public required string BannerTitle { get; init; }

    public required string Banner { get; init; }

    public required string EndButton { get; init; }

    public required string BadReason { get; init; }

    public required string OpenAlready { get; init; }

    public required string TooOften { get; init; }
#pragma warning restore CS1591

    /// <summary>The words in the language of other words.</summary>
    /// <param name="text">The other words.</param>
    /// <returns>These words.</returns>
    public static EmergencyText For(ConsoleText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Language is "en" ? English : French;
    }
}

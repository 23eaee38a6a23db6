namespace Terroir.Protection.PersonalData.Names;

/// <summary>What the words of a name may be.</summary>
internal static class NameWords
{
    // Words with a capital that stand where a name could, and are none.
    private static readonly HashSet<string> Others = new(
        ("Le La Les Un Une Des Du De Ce Cette Ces Il Elle Ils Elles Je Tu Nous Vous On Et Ou Mais Donc Or Ni "
        + "Car Si En Au Aux Dans Sur Sous Pour Par Avec Sans Vers Chez Son Sa Ses Mon Ma Mes Votre Notre Leur "
        + "Directeur Directrice Président Présidente Maire Adjoint Adjointe Ministre Préfet Préfète Procureur "
        + "Juge Avocat Avocate Médecin Infirmier Infirmière Chef Cheffe Responsable Secrétaire Service Services "
        + "Hôpital Clinique Centre Docteur Professeur Monsieur Madame Mademoiselle Maître Patient Patiente "
        + "Client Cliente Date Nom Prénom Adresse Téléphone Tél Email Courriel Objet Réf Référence Né Née Sexe "
        + "Âge Age Numéro Code Ville Pays France Paris Lyon Marseille Toulouse Nice Nantes Lille Bordeaux "
        + "Strasbourg Rennes Saint Sainte Rue Avenue Boulevard Place Janvier Février Mars Avril Mai Juin Juillet "
        + "Août Septembre Octobre Novembre Décembre Lundi Mardi Mercredi Jeudi Vendredi Samedi Dimanche Bonjour "
        + "Merci Cordialement Mme Mmes Mlle Mr Mrs Français Française Françaises Étranger Étrangère Européen "
        + "Européenne Société Entreprise Selon Toutefois Cependant Cela Ceci Ainsi Alors Aussi Après Avant "
        + "Depuis Pendant Lorsque Lors Quand Comme Puis Ensuite Enfin Dès Quel Quelle Quels Quelles Qui Que Quoi "
        + "Dont Où Comment Pourquoi Combien Celui Celle Ceux Celles Chaque Chacun Chacune Tout Toute Tous Toutes "
        + "Aucun Aucune Certains Certaines Plusieurs Quelques Autre Autres Même Moi Toi Lui Eux Leurs Nos Vos Ta "
        + "Tes Plus Moins Très Sinon Sauf Soit Non Oui Peu Rien Ici Voici Voilà Sachez Veuillez Notamment "
        + "Également Uniquement Seul Seule Premier Première Dernier Dernière Contre Entre Afin Malgré Outre Vu "
        + "The A An This That He She It We You They And Of In At For By With From Name Address Phone")
            .Split(' '),
        StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Others.GetAlternateLookup<ReadOnlySpan<char>>();

    private const int WordCountMax = 5;

    private static readonly string[] Particles =
        ["de", "du", "des", "la", "le", "van", "von", "der", "den", "el", "ben", "bin", "di", "da", "dos"];

    /// <summary>Where the name begins that ends at a place: words with a capital, and particles between them.</summary>
    /// <returns>The place itself if no such word ends there.</returns>
    public static int StartOf(ReadOnlySpan<char> text, int end)
    {
        var start = end;
        for (var (at, count) = (end, 0); count < WordCountMax; count++)
        {
            var first = at;
            while (first > 0 && (char.IsLetter(text[first - 1]) || text[first - 1] is '-' or '\'' or '’' or '.'))
            {
                first--;
            }

            var word = text[first..at];
            if (word.IsEmpty || !(char.IsUpper(word[0]) || IsParticle(word)))
            {
                break;
            }

            start = char.IsUpper(word[0]) ? first : start;
            if (first == 0 || text[first - 1] is not (' ' or '\u00A0'))
            {
                break;
            }

            at = first - 1;
        }

        return start;
    }

    /// <summary>Takes away what is no name at the end, and says how long the rest is.</summary>
    /// <returns>0 if the first word is none.</returns>
    public static int Trim(ReadOnlySpan<char> name)
    {
        var kept = 0;
        var isAfterParticle = false;
        for (var at = 0; at < name.Length;)
        {
            var end = name[at..].IndexOfAny(' ', '\u00A0');
            end = end < 0 ? name.Length : at + end;
            var word = name[at..end];
            if (!isAfterParticle && char.IsUpper(word[0]) && Lookup.Contains(word.TrimEnd('.')))
            {
                return kept;
            }

            isAfterParticle = char.IsLower(word[0]);
            kept = char.IsUpper(word[0]) || word.ContainsAny('\'', '’') ? end : kept;
            at = end + 1;
        }

        // An initial alone says nothing.
        return kept > 2 ? kept : 0;
    }

    private static bool IsParticle(ReadOnlySpan<char> word)
    {
        foreach (var particle in Particles)
        {
            if (word.SequenceEqual(particle))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a word in capitals has the vowels of a name rather than of an abbreviation.</summary>
    public static bool SoundsLikeName(ReadOnlySpan<char> word)
    {
        var vowels = 0;
        foreach (var letter in word)
        {
            vowels += "AEIOUYÀÂÄÉÈÊËÎÏÔÖÙÛÜŒ".Contains(letter, StringComparison.Ordinal) ? 1 : 0;
        }

        return vowels > 1;
    }

    /// <summary>Whether a word with a capital is known to be no name.</summary>
    public static bool IsOther(ReadOnlySpan<char> word) => Lookup.Contains(word);

    /// <summary>Whether a word may be a surname.</summary>
    public static bool MayBeSurname(ReadOnlySpan<char> word) =>
        word.Length > 2 && !Lookup.Contains(word);

    /// <summary>The last word of a name, with the particle before it left out.</summary>
    public static string? SurnameOf(string name)
    {
        var words = name.Split([' ', '\u00A0'], StringSplitOptions.RemoveEmptyEntries);

        // In capitals it is the surname wherever it stands.
        var capital = Array.Find(words, word => word.Length > 2 && !word.Any(char.IsLower));
        var surname = capital ?? words[^1];
        return Others.Contains(surname) || surname.EndsWith('.') ? null : surname;
    }

    /// <summary>A word in small letters but for the first of each part.</summary>
    public static string Capitalize(string word) => string.Join('-', word.Split('-').Select(part =>
        part.Length == 0 ? part : string.Concat(part[..1].ToUpperInvariant(), part[1..].ToLowerInvariant())));
}

using System.Globalization;
using System.Text;

namespace Terroir.Protection.PersonalData.Names;

/// <summary>First names: common ones of France, and those of a list that the operator brings.</summary>
internal sealed class FirstNames
{
    /// <summary>How many names a list may have; that of INSEE has 36,964.</summary>
    internal const int CountMax = 200_000;

    private const string Common =
        "Adam Adèle Adrien Agathe Agnès Aïcha Alain Albert Alexandra Alexandre Alexis Alice Alicia Aline Alix "
        + "Amandine Ambre Amélie Amina Anaïs André Andrée Angèle Anissa Anna Anne Annick Annie Antoine "
        + "Antoinette Antonin Ariane Arlette Armand Arnaud Arthur Aubin Audrey Aurélie Aurélien Axel Baptiste "
        + "Barbara Bastien Béatrice Benjamin Benoît Bernadette Bernard Bertrand Blanche Boris Brice Brigitte "
        + "Bruno Camille Carine Carla Carole Caroline Catherine Cécile Cédric Céline Chantal Charles Charlotte "
        + "Chloé Christelle Christian Christiane Christine Christophe Claire Clara Claude Claudette Claudine "
        + "Clémence Clément Colette Colin Constance Coralie Corentin Corinne Cyril Damien Daniel Danièle "
        + "Danielle David Delphine Denis Denise Didier Dominique Dorian Edgar Édith Édouard Éléonore Éliane "
        + "Elisa Élisabeth Élise Élodie Éloïse Elsa Emma Emmanuel Emmanuelle Enzo Éric Erwan Estelle Esther "
        + "Ethan Étienne Eugène Eugénie Eva Évelyne Fabien Fabienne Fabrice Fanny Farid Fatima Fatou Fernand "
        + "Florence Florent Florian Francine Francis Franck François Françoise Frédéric Frédérique Gabriel "
        + "Gabrielle Gaël Gaëlle Gaspard Gautier Geneviève Geoffrey Georges Georgette Gérald Gérard Germaine "
        + "Ghislaine Gilbert Gilles Ginette Gisèle Grégoire Grégory Guillaume Gustave Guy Gwenaëlle Habib Hamza "
        + "Hassan Hélène Henri Henriette Hervé Hubert Hugo Huguette Ibrahim Ilona Inès Irène Isabelle Ismaël "
        + "Jacqueline Jacques Jade Jamal Jasmine Jean Jeanne Jeannine Jennifer Jérémie Jérémy Jérôme Jessica "
        + "Joël Joëlle Johanna Jonathan Jordan José Josée Joseph Josette Josiane Joséphine Jules Julia Julie "
        + "Julien Juliette Justin Justine Karim Karima Karine Kevin Khadija Khalid Laëtitia Lætitia Laura Laure "
        + "Laurence Laurent Laurine Léa Léo Léon Léonie Leïla Liliane Lilou Lina Lise Loïc Lola Lou Louane "
        + "Louis Louise Luc Lucas Lucie Lucien Lucienne Ludovic Lydia Lydie Maëlle Maëlys Magali Malik Malika "
        + "Manon Marc Marcel Marcelle Margaux Margot Marguerite Maria Mariam Marianne Marie Marina Marine "
        + "Marion Marius Marthe Martin Martine Mathéo Mathias Mathieu Mathilde Mathis Matthieu Maud Maurice "
        + "Maxence Maxime Mehdi Mélanie Mélissa Michel Michèle Micheline Mireille Mohamed Mohammed Monique "
        + "Morgane Moussa Muriel Myriam Nadège Nadia Nadine Nassim Natacha Nathalie Nathan Nathanaël Nicolas "
        + "Nicole Nina Noah Noé Noël Noëlle Noémie Nora Océane Odette Odile Olivia Olivier Omar Oriane Oscar "
        + "Pascal Pascale Patrice Patricia Patrick Paul Paule Paulette Pauline Philippe Pierre Pierrette "
        + "Quentin Rachel Rachid Raphaël Raphaëlle Raymond Raymonde Régine Régis Rémi Rémy Renaud René Renée "
        + "Richard Robert Roger Roland Rolande Romain Romane Roseline Sabine Sabrina Sacha Saïd Salomé Samia "
        + "Samir Samuel Sandra Sandrine Sara Sarah Sébastien Serge Séverine Simon Simone Sofia Solange Solène "
        + "Sonia Sophie Stella Stéphane Stéphanie Suzanne Sylvain Sylvaine Sylvie Tanguy Théo Théodore Thérèse "
        + "Thibault Thibaut Thierry Thomas Tiphaine Timothée Tristan Ulysse Valentin Valentine Valérie Vanessa "
        + "Véronique Victor Victoire Victoria Vincent Violette Virginie Viviane William Xavier Yacine Yann "
        + "Yannick Yasmine Yohan Yolande Yves Yvette Yvon Yvonne Zoé Zohra Emily James John Mary Michael Linda "
        + "Susan Karen Nancy Elizabeth Peter Andrew Stephen Steven George Edward Brian Jason Matthew Anthony "
        + "Donald Kenneth Joshua Ryan Jacob";

    // No name is longer.
    private const int LengthMax = 64;

    private const string Latin = "AAAAAAÆCEEEEIIIIÐNOOOOO×ØUUUUYÞßaaaaaaæceeeeiiiiðnooooo÷øuuuuyþy";

    /// <summary>The common ones, with a capital.</summary>
    public static IReadOnlyList<string> CommonNames { get; } = Common.Split(' ');

    private readonly HashSet<string> _names;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <summary>Takes names beside the common ones.</summary>
    /// <param name="more">The names, in any case.</param>
    public FirstNames(IEnumerable<string> more)
    {
        _names = new HashSet<string>(
            CommonNames.Concat(more.Take(CountMax)).Select(Fold),
            StringComparer.OrdinalIgnoreCase);
        _lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Whether a word is a first name; of two tied by a hyphen, the first.</summary>
    public bool Contains(ReadOnlySpan<char> word)
    {
        var hyphen = word.IndexOf('-');
        return Knows(word) || (hyphen > 0 && Knows(word[..hyphen]));
    }

    // Accents are often left out.
    private bool Knows(ReadOnlySpan<char> word)
    {
        if (_lookup.Contains(word))
        {
            return true;
        }

        if (word.Length > LengthMax || !word.ContainsAnyExceptInRange('\0', '\x7F'))
        {
            return false;
        }

        Span<char> folded = stackalloc char[word.Length];
        for (var at = 0; at < word.Length; at++)
        {
            folded[at] = Plain(word[at]);
        }

        return _lookup.Contains(folded);
    }

    // The letters of Latin-1 without their accents; what has two letters for one is of no name here.
    private static char Plain(char letter) =>
        letter is >= 'À' and <= 'ÿ' ? Latin[letter - 'À'] : letter;

    private static string Fold(string name) => string.Concat(NormalForm.Of(name.Trim(), NormalizationForm.FormD)
        .Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark));
}

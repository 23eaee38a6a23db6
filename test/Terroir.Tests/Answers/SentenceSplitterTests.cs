using CsCheck;
using Terroir.Answers;

namespace Terroir.Tests.Answers;

public sealed class SentenceSplitterTests
{
    // Everything that the rules look at, and characters of one, two and four bytes.
    private const string Alphabet = "aAéM1.!?…  \n\n|-#*«»()\"'°;:/";

    private static readonly string[] Tokens =
    [
        "M. ", "Dr ", "p. ex. ", "etc. ", "art. ", "n° ", "😀", "```", "| a |", "|---|", "- ", "1. ", "## ", "Le ",
        "la ", "« ", " »", "https://a.b/c?d=1 ", "fin.Un ",
    ];

    private static readonly Gen<string> Text = Gen.Frequency(
            (12, Gen.Char[Alphabet].Select(value => value.ToString())),
            (3, Gen.Int[0, Tokens.Length - 1].Select(pick => Tokens[pick])))
        .Array[0, 40]
        .Select(parts => string.Concat(parts));

    [Theory]
    [InlineData("Le Dr. Caron vient. Il part.", "Le Dr. Caron vient.", "Il part.")]
    [InlineData("M. Colas rappelle la règle. Mme Perrot aussi.", "M. Colas rappelle la règle.", "Mme Perrot aussi.")]
    [InlineData("Voir art. L. 1111-4 et p. 12. Fin.", "Voir art. L. 1111-4 et p. 12.", "Fin.")]
    [InlineData("Un gel, p. ex. Aniosgel. Rien d'autre.", "Un gel, p. ex. Aniosgel.", "Rien d'autre.")]
    [InlineData("La note n° 12. Elle reste.", "La note n° 12.", "Elle reste.")]
    [InlineData("Cf. annexe. Gants, masques, etc. Tout est là.", "Cf. annexe.", "Gants, masques, etc.",
        "Tout est là.")]
    [InlineData("Des gants, etc. sont fournis.", "Des gants, etc. sont fournis.")]
    [InlineData("Il y a env. 30 lits, c.-à-d. Beaucoup. Oui.", "Il y a env. 30 lits, c.-à-d. Beaucoup.", "Oui.")]
    [InlineData("Ouvert de 8 h à 17 h. Fermé le soir.", "Ouvert de 8 h à 17 h.", "Fermé le soir.")]
    public void An_abbreviation_ends_no_sentence(string text, params string[] expected) =>
        AssertCut(expected, text);

    [Theory]
    [InlineData("Le prix est de 3.50 euros. Payez.", "Le prix est de 3.50 euros.", "Payez.")]
    [InlineData("Depuis le 12.03.2026. Avant, non.", "Depuis le 12.03.2026.", "Avant, non.")]
    [InlineData("Arrêté en sept. 2026. Publié.", "Arrêté en sept. 2026.", "Publié.")]
    [InlineData("See No. 5. It holds.", "See No. 5.", "It holds.")]
    [InlineData("No. You may leave.", "No.", "You may leave.")]
    [InlineData("Le déficit de 2025. Le budget.", "Le déficit de 2025.", "Le budget.")]
    public void A_number_or_a_date_is_not_cut(string text, params string[] expected) => AssertCut(expected, text);

    [Theory]
    [InlineData("Présents : P. Garnier, J.-P. Martin et B. Colas. Excusé : aucun.",
        "Présents : P. Garnier, J.-P. Martin et B. Colas.", "Excusé : aucun.")]
    [InlineData("Vu avec P. Garnier. Signé.", "Vu avec P. Garnier.", "Signé.")]
    [InlineData("Allez au bâtiment C. Personne n'entre.", "Allez au bâtiment C.", "Personne n'entre.")]
    public void An_initial_ends_no_sentence_and_the_letter_of_a_building_does(string text, params string[] expected) =>
        AssertCut(expected, text);

    [Theory]
    [InlineData("Voir https://chu.example/a?b=1. Puis www.chu.example. Fin.",
        "Voir https://chu.example/a?b=1.", "Puis www.chu.example.", "Fin.")]
    [InlineData("Attendez… puis entrez. Ou pas… Sortez.", "Attendez… puis entrez.", "Ou pas…", "Sortez.")]
    [InlineData("Attendez... Sortez.", "Attendez...", "Sortez.")]
    [InlineData("C'est admis.Toutefois, non.Ou oui ?Peut-être.", "C'est admis.", "Toutefois, non.", "Ou oui ?",
        "Peut-être.")]
    [InlineData("Où est l'alarme ? Qui appelle ? Le 18 18 !", "Où est l'alarme ?", "Qui appelle ?", "Le 18 18 !")]
    public void Addresses_ellipses_and_questions_are_cut_where_they_end(string text, params string[] expected) =>
        AssertCut(expected, text);

    [Theory]
    [InlineData("Il dit : « Sortez. Vite. » Elle sort.", "Il dit : « Sortez. Vite. »", "Elle sort.")]
    [InlineData("L'étiquette « P. » reste. Oui.", "L'étiquette « P. » reste.", "Oui.")]
    [InlineData("Le patient (voir p. 3. Note) sort. Fin.", "Le patient (voir p. 3. Note) sort.", "Fin.")]
    [InlineData("**REMPLACÉ. Ne plus appliquer.** Voir la version 3.", "**REMPLACÉ.", "Ne plus appliquer.**",
        "Voir la version 3.")]
    public void Quotations_brackets_and_emphasis_stay_with_their_sentence(string text, params string[] expected) =>
        AssertCut(expected, text);

    [Fact]
    public void Marks_of_items_headings_and_tables_are_pieces_of_their_own()
    {
        const string Source = "## Le tri\n\nOn trie :\n\n- un sac ;\n- une boîte.\n1. Fermer. Porter.\n\n"
            + "| a | b |\n|---|---|\n| c | d. E |\n```\ncode\n```";

        Assert.Equal(
            """
            Markup ##
            Heading Le tri
            Sentence On trie :
            Markup -
            Item un sac ;
            Markup -
            Item une boîte.
            Markup 1.
            Item Fermer.
            Item Porter.
            Row | a | b |
            Markup |---|---|
            Row | c | d. E |
            Markup ```
            Sentence code
            Markup ```
            """,
            string.Join(
                '\n',
                SentenceSplitter.Cut(Source).Select(piece => $"{piece.Kind} {Source[piece.Start..piece.End]}")));
    }

    [Fact]
    public void Pieces_are_in_order_and_hold_every_character_but_spaces() =>
        Text.Sample(text =>
        {
            var last = 0;
            foreach (var piece in SentenceSplitter.Cut(text))
            {
                Assert.InRange(piece.Start, last, text.Length);
                Assert.InRange(piece.End, piece.Start + 1, text.Length);
                Assert.True(string.IsNullOrWhiteSpace(text[last..piece.Start]));
                Assert.False(char.IsWhiteSpace(text[piece.Start]) || char.IsWhiteSpace(text[piece.End - 1]));
                last = piece.End;
            }

            Assert.True(string.IsNullOrWhiteSpace(text[last..]));
        });

    [Fact]
    public void No_piece_is_cut_inside_a_surrogate_pair() =>
        Text.Sample(text => Assert.All(
            SentenceSplitter.Cut(text),
            piece => Assert.False(
                char.IsLowSurrogate(text[piece.Start]) || char.IsHighSurrogate(text[piece.End - 1]))));

    [Fact]
    public void The_pieces_of_two_texts_are_those_of_the_one_and_of_the_other() =>
        Gen.Select(Text, Text).Sample((first, second) =>
        {
            var lines = first.Count(value => value == '\n') + 1;
            var shift = first.Length + 1;

            Assert.Equal(
                SentenceSplitter.Cut(first).Concat(SentenceSplitter.Cut(second).Select(piece => piece with
                {
                    Start = piece.Start + shift,
                    End = piece.End + shift,
                    Line = piece.Line + lines,
                })),
                SentenceSplitter.Cut($"{first}\n{second}"));
        });

    private static void AssertCut(string[] expected, string text) =>
        Assert.Equal(
            string.Join('\n', expected),
            string.Join('\n', SentenceSplitter.Cut(text).Select(piece => text[piece.Start..piece.End])));
}

using System.Text;

namespace Terroir.Readers.Pdf;

/// <summary>Which letters follow each other in words of the languages of Western Europe.</summary>
/// <remarks>A pair counts as usual if it is at least one of 10,000 in French or English texts, or one of 2,000 in the
/// messages of Debian's programs in German, Spanish, Italian, Dutch or Portuguese; accents are taken off. Of the pairs
/// of text in 21 languages with Latin letters at most 8 % are not among them, of one whose letters were exchanged for
/// others at least 16 %.</remarks>
internal static class LetterPairs
{
    // No letter: the beginning of a word, and its end.
    private const int Edge = 0;

    private const int LetterCount = 26;

    // The letters that follow the beginning of a word, a, b, c and so on; ` is its end.
    private static readonly string[] Followers =
    [
        "abcdefghijklmnopqrstuvwxyz", "`abcdefghijklmnopqrstuvwxyz", "`aeijlorstuy", "`acdehiklorstuy",
        "`adeilmnorstuy", "`abcdefghijklmnopqrstuvwxyz", "`aefilorstu", "`aeghilnorstuy", "`aeilnortuwy",
        "`abcdefgjklmnopqrstuvxz", "`adeknou", "`aehiklnorstu", "`acdehiklostuvy", "`abeimnopsuy",
        "`abcdefghijklmnoprstuvyz", "`abcdefgiklmnoprstuvwxy", "`acefhilmoprstuy", "`u", "`abcdefghiklmnoprstuvwyz",
        "`acefghiklmopqstuy", "`acehilmorstuvwyz", "`abcdefgiklmnoprstvwx", "`aeior", "`aehinou", "`aceipt",
        "`acelmnopst", "`aeiotuz",
    ];

    private static readonly bool[] Usual = Table();

    // From the first letter with an accent to the last of Latin Extended-B.
    private static readonly byte[] Accented = [.. Enumerable.Range(0xC0, 0x250 - 0xC0).Select(code =>
        AsciiNumber(NormalForm.Of(((char)code).ToString(), NormalizationForm.FormD)[0]))];

    /// <summary>Counts the pairs of a word, its beginning and end included.</summary>
    /// <param name="word">The word; what is no Latin letter parts it.</param>
    /// <returns>All its pairs, and those that are not usual; none of parts of one letter.</returns>
    public static (int Count, int Rare) CountIn(ReadOnlySpan<char> word)
    {
        var (count, rare) = (0, 0);
        while (!word.IsEmpty)
        {
            var length = 0;
            var before = Edge;
            var rareHere = 0;
            while (length < word.Length && Number(word[length]) is var letter and not Edge)
            {
                rareHere += IsUsual(before, letter) ? 0 : 1;
                before = letter;
                length++;
            }

            if (length > 1)
            {
                count += length + 1;
                rare += rareHere + (IsUsual(before, Edge) ? 0 : 1);
            }

            word = word[Math.Min(length + 1, word.Length)..];
        }

        return (count, rare);
    }

    /// <summary>Whether a letter is a Latin one, with an accent or without.</summary>
    public static bool IsLatin(char letter) => Number(letter) != Edge;

    private static bool IsUsual(int before, int letter) => Usual[(before * (LetterCount + 1)) + letter];

    private static int Number(char letter) =>
        letter < 0xC0 ? AsciiNumber(letter) : letter < 0x250 ? Accented[letter - 0xC0] : Edge;

    private static byte AsciiNumber(char letter) =>
        char.IsAsciiLetter(letter) ? (byte)((letter | 0x20) - 'a' + 1) : (byte)Edge;

    private static bool[] Table()
    {
        var table = new bool[(LetterCount + 1) * (LetterCount + 1)];
        for (var before = 0; before < Followers.Length; before++)
        {
            foreach (var letter in Followers[before])
            {
                table[(before * (LetterCount + 1)) + (letter == '`' ? Edge : AsciiNumber(letter))] = true;
            }
        }

        return table;
    }
}

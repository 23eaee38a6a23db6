using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Terroir.Retrieval.Queries;

namespace Terroir.Retrieval.Text;

/// <summary>Names the blocks of a text, so that one that stands in many documents is found: a notice of law, a footer,
/// whom to ask.</summary>
/// <remarks>A block is a line of the canonical text. Two have the same name if they have the same words, whatever their
/// case, accents, marks and figures; others have another, except one pair in about 2^48.</remarks>
internal static class BlockTerms
{
    /// <summary>What stands before the name of a block, in place of a chain.</summary>
    public const string Prefix = "bk:";

    /// <summary>The length of a block in characters; others have no name.</summary>
    internal const int LengthMin = 20;

    /// <inheritdoc cref="LengthMin"/>
    internal const int LengthMax = 600;

    /// <summary>How many blocks at the beginning of a document have a term.</summary>
    internal const int FirstCount = 2;

    /// <summary>How many blocks at its end have one.</summary>
    internal const int LastCount = 4;

    /// <summary>How many blocks of one text are looked at.</summary>
    internal const int CountMax = 64;

    private const int NameSizeBytes = 6;

    /// <summary>Lists the first and the last blocks of a document, which are those that recur.</summary>
    /// <param name="passages">The texts of its passages.</param>
    /// <returns>The number of the passage and the name of the block.</returns>
    public static IEnumerable<(int Passage, string Term)> Edges(string[] passages)
    {
        var blocks = passages.SelectMany((text, number) => BlocksOf(text).Select(block => (Number: number, block)))
            .ToArray();
        return blocks
            .Where((_, index) => index < FirstCount || index >= blocks.Length - LastCount)
            .Select(item => (item.Number, NameOf(passages[item.Number], item.block)));
    }

    /// <summary>Lists the blocks of a text in order, each with its name.</summary>
    public static IEnumerable<Token> Of(string text) => BlocksOf(text)
        .Take(CountMax)
        .Select(block => new Token(NameOf(text, block), block.Start, block.End));

    private static IEnumerable<Block> BlocksOf(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var newline = text.IndexOf('\n', start);
            var end = newline < 0 ? text.Length : newline;
            if (end - start is >= LengthMin and <= LengthMax)
            {
                yield return new Block(start, end);
            }

            start = end + 1;
        }
    }

    private static string NameOf(string text, Block block)
    {
        var words = string.Join(' ', FoldedWords.Of(text[block.Start..block.End]));
        var letters = string.Create(words.Length, words, static (target, source) =>
        {
            for (var index = 0; index < target.Length; index++)
            {
                target[index] = char.IsDigit(source[index]) ? '0' : source[index];
            }
        });
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(letters));
        return Prefix + Convert.ToHexStringLower(hash.AsSpan(0, NameSizeBytes));
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Block(int Start, int End);
}

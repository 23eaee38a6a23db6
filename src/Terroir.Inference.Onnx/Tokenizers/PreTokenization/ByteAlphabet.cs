using System.Collections.Frozen;

namespace Terroir.Inference.Onnx.Tokenizers.PreTokenization;

/// <summary>A visible character for each byte, as byte-level vocabularies write them.</summary>
/// <remarks>After <c>bytes_to_unicode</c> of openai/gpt-2: printable Latin-1 stands for itself, and the other bytes are
/// numbered from U+0100 on.</remarks>
internal static class ByteAlphabet
{
    private const int FirstSubstitute = 0x100;

    private static readonly char[] Letters = CreateLetters();

    private static readonly FrozenDictionary<char, byte> Bytes =
        Letters.Index().ToFrozenDictionary(pair => pair.Item, pair => (byte)pair.Index);

    /// <summary>The character of a byte.</summary>
    public static char Letter(byte value) => Letters[value];

    /// <summary>Finds the byte of a character.</summary>
    public static bool TryByte(char letter, out byte value) => Bytes.TryGetValue(letter, out value);

    private static char[] CreateLetters()
    {
        var letters = new char[256];
        var substitute = FirstSubstitute;
        for (var value = 0; value < letters.Length; value++)
        {
            letters[value] = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF)
                ? (char)value
                : (char)substitute++;
        }

        return letters;
    }
}

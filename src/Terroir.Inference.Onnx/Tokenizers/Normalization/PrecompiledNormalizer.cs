using System.Buffers.Binary;
using System.Text;

namespace Terroir.Inference.Onnx.Tokenizers.Normalization;

/// <summary>Replaces the longest texts that a table names: the compiled normalisation of SentencePiece.</summary>
/// <remarks>
/// The table is a length, a double-array trie of darts-clone over UTF-8 whose values are offsets, and the replacements,
/// each ended by a zero byte (google/sentencepiece, <c>normalizer.cc</c>; s-yata/darts-clone, <c>darts.h</c>).
/// </remarks>
internal sealed class PrecompiledNormalizer : INormalizer
{
    private const int UnitSize = sizeof(uint);

    private readonly uint[] _trie;
    private readonly byte[] _replacements;

    /// <summary>Reads a table.</summary>
    /// <param name="table">Its bytes.</param>
    /// <exception cref="InvalidDataException">It is not of that form.</exception>
    public PrecompiledNormalizer(ReadOnlySpan<byte> table)
    {
        var size = table.Length >= UnitSize ? BinaryPrimitives.ReadUInt32LittleEndian(table) : 0;
        if (size == 0 || size % UnitSize != 0 || size > table.Length - UnitSize)
        {
            throw new InvalidDataException("The table of the normalisation is damaged.");
        }

        var units = table.Slice(UnitSize, (int)size);
        _trie = new uint[units.Length / UnitSize];
        for (var index = 0; index < _trie.Length; index++)
        {
            _trie[index] = BinaryPrimitives.ReadUInt32LittleEndian(units[(index * UnitSize)..]);
        }

        _replacements = table[(UnitSize + (int)size)..].ToArray();
    }

    public AlignedRune[] Normalize(AlignedRune[] text)
    {
        var bytes = Encoding.UTF8.GetBytes(AlignedText.Text(text));
        var result = new List<AlignedRune>(text.Length);
        var offset = 0;
        for (var start = 0; start < text.Length;)
        {
            var (length, value) = FindLongest(bytes.AsSpan(offset));
            var end = start;
            var rest = length;
            while (rest > 0)
            {
                rest -= text[end++].Value.Utf8SequenceLength;
            }

            // A key that ends inside of a character is none that SentencePiece writes.
            if (length == 0 || rest < 0)
            {
                result.Add(text[start]);
                offset += text[start].Value.Utf8SequenceLength;
                start++;
                continue;
            }

            foreach (var rune in Replacement(value).EnumerateRunes())
            {
                result.Add(new AlignedRune(rune, text[start].Start, text[end - 1].End));
            }

            offset += length;
            start = end;
        }

        return [.. result];
    }

    private string Replacement(int offset)
    {
        if (offset >= _replacements.Length)
        {
            return "";
        }

        var rest = _replacements.AsSpan(offset);
        var end = rest.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }

    private (int Length, int Value) FindLongest(ReadOnlySpan<byte> text)
    {
        var found = (Length: 0, Value: 0);
        var node = Offset(_trie[0]);
        for (var index = 0; index < text.Length; index++)
        {
            node ^= text[index];
            if (node >= _trie.Length || Label(_trie[node]) != text[index])
            {
                break;
            }

            var unit = _trie[node];
            node ^= Offset(unit);
            if (HasLeaf(unit) && node < _trie.Length)
            {
                found = (index + 1, (int)(_trie[node] & int.MaxValue));
            }
        }

        return found;
    }

    private static bool HasLeaf(uint unit) => ((unit >> 8) & 1) == 1;

    private static uint Label(uint unit) => unit & ((1u << 31) | 0xFF);

    private static uint Offset(uint unit) => (unit >> 10) << (int)((unit & (1u << 9)) >> 6);
}

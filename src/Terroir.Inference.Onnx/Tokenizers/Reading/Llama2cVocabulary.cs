using System.Buffers.Binary;
using System.Text;
using Terroir.Inference.Onnx.Tokenizers.Models;

namespace Terroir.Inference.Onnx.Tokenizers.Reading;

/// <summary>Reads <c>tokenizer.bin</c> of llama2.c: the longest length, then a score, a length and the bytes of each
/// token.</summary>
/// <remarks>After <c>build_tokenizer</c> and <c>encode</c> in <c>run.c</c> of karpathy/llama2.c. Tokens 0, 1 and 2 are
/// the unknown, the beginning and the end; 256 tokens of bytes follow.</remarks>
internal static class Llama2cVocabulary
{
    private const int UnknownId = 0;
    private const int BeginningId = 1;
    private const int EndId = 2;
    private const int FirstByteId = 3;
    private const int LastByteId = FirstByteId + 255;

    /// <summary>Reads a vocabulary.</summary>
    /// <param name="file">The name of the file, for errors.</param>
    /// <param name="content">The file.</param>
    /// <exception cref="TokenizerUnusableException">It cannot be used.</exception>
    public static TokenizerParts Read(string file, ReadOnlyMemory<byte> content) =>
        VocabularyBytes.Guard(file, () => Read(content.Span).Build(file));

    private static PieceTable Read(ReadOnlySpan<byte> content)
    {
        var pieces = new List<string>();
        var scores = new List<float>();
        var rest = Skip(content, sizeof(int));
        while (!rest.IsEmpty)
        {
            VocabularyFault.ThrowIfAbove(pieces.Count, TokenizerLimits.TokenCountMax - 1, "tokens");
            var score = BinaryPrimitives.ReadSingleLittleEndian(Take(rest, sizeof(float)));
            rest = Skip(rest, sizeof(float));
            var size = BinaryPrimitives.ReadInt32LittleEndian(Take(rest, sizeof(int)));
            rest = Skip(rest, sizeof(int));
            pieces.Add(Encoding.UTF8.GetString(Take(rest, size)));
            scores.Add(score);
            rest = Skip(rest, size);
        }

        if (pieces.Count <= LastByteId
            || !string.Equals(pieces[FirstByteId], UnknownText.Spell(0), StringComparison.Ordinal))
        {
            throw VocabularyFault.Malformed("tokens");
        }

        return new PieceTable
        {
            Pieces = pieces,
            Scores = scores,
            Types = [.. pieces.Select((_, id) => TypeOf(id))],
            Mark = new Rune(' '),
            BeginningId = BeginningId,
            EndIds = [EndId],
        };
    }

    private static PieceType TypeOf(int id) => id switch
    {
        UnknownId => PieceType.Unknown,
        BeginningId or EndId => PieceType.Control,
        <= LastByteId => PieceType.Byte,
        _ => PieceType.Normal,
    };

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> bytes, int size) =>
        size >= 0 && size <= bytes.Length ? bytes[..size] : throw VocabularyFault.Malformed("tokens");

    private static ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> bytes, int size) => bytes[Take(bytes, size).Length..];
}

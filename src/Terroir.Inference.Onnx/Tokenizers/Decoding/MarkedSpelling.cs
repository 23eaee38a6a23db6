using System.Globalization;
using System.Text;

namespace Terroir.Inference.Onnx.Tokenizers.Decoding;

/// <summary>Of a vocabulary of SentencePiece: a mark stands for a space, and <c>&lt;0x41&gt;</c> for a byte.</summary>
/// <param name="mark">The mark.</param>
/// <param name="isFirstSpaceDropped">Whether text is cut with a space before it.</param>
internal sealed class MarkedSpelling(string mark, bool isFirstSpaceDropped) : ITokenSpelling
{
    public bool IsFirstSpaceDropped => isFirstSpaceDropped;

    public byte[] Write(string token) =>
        token is ['<', '0', 'x', var high, var low, '>']
        && byte.TryParse([high, low], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? [value]
            : Encoding.UTF8.GetBytes(token.Replace(mark, " ", StringComparison.Ordinal));
}

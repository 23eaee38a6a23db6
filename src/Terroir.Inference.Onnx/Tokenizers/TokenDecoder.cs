using System.Text;

namespace Terroir.Inference.Onnx.Tokenizers;

/// <summary>Puts together tokens that come one by one, and gives text as soon as its characters are whole.</summary>
/// <remarks>For one thread. Bytes that are no UTF-8 become U+FFFD.</remarks>
public sealed class TokenDecoder
{
    private readonly Func<int, byte[]> _write;
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private bool _isSpaceDropped;

    /// <summary>Begins a text.</summary>
    /// <param name="write">The bytes of a token; none for a control token.</param>
    /// <param name="isFirstSpaceDropped">Whether the first space is none of the text.</param>
    internal TokenDecoder(Func<int, byte[]> write, bool isFirstSpaceDropped) =>
        (_write, _isSpaceDropped) = (write, isFirstSpaceDropped);

    /// <summary>Adds a token.</summary>
    /// <param name="id">The token.</param>
    /// <returns>The text that is whole now; may be empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The id is not in the vocabulary.</exception>
    public string Add(int id)
    {
        ReadOnlySpan<byte> bytes = _write(id);
        if (bytes.IsEmpty)
        {
            return "";
        }

        if (_isSpaceDropped && bytes[0] == ' ')
        {
            bytes = bytes[1..];
        }

        _isSpaceDropped = false;
        return Convert(bytes, isEnd: false);
    }

    /// <summary>Ends the text.</summary>
    /// <returns>What is left: U+FFFD if the last character is not whole, else nothing.</returns>
    public string Flush() => Convert([], isEnd: true);

    private string Convert(ReadOnlySpan<byte> bytes, bool isEnd)
    {
        var text = new char[_decoder.GetCharCount(bytes, isEnd)];
        return new string(text, 0, _decoder.GetChars(bytes, text, isEnd));
    }
}

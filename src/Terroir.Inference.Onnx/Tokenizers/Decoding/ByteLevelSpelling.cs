using System.Text;
using Terroir.Inference.Onnx.Tokenizers.PreTokenization;

namespace Terroir.Inference.Onnx.Tokenizers.Decoding;

/// <summary>Of a vocabulary that spells bytes by <see cref="ByteAlphabet"/>.</summary>
internal sealed class ByteLevelSpelling : ITokenSpelling
{
    public bool IsFirstSpaceDropped => false;

    public byte[] Write(string token)
    {
        var bytes = new List<byte>(token.Length);
        foreach (var letter in token)
        {
            if (!ByteAlphabet.TryByte(letter, out var value))
            {
                return Encoding.UTF8.GetBytes(token);
            }

            bytes.Add(value);
        }

        return [.. bytes];
    }
}

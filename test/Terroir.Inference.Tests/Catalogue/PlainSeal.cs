using System.Security.Cryptography;
using Terroir.Inference.Onnx.Catalogue;

namespace Terroir.Inference.Onnx.Tests.Catalogue;

/// <summary>Signs by a keyed hash.</summary>
internal sealed class PlainSeal(string key) : ICardSeal
{
    public byte[] Canonicalize(byte[] json) => json;

    public byte[] Sign(byte[] card) => HMACSHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key), card);

    public bool IsSigned(byte[] card, byte[] envelope) => Sign(card).AsSpan().SequenceEqual(envelope);
}

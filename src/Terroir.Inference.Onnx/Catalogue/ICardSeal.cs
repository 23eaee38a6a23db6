namespace Terroir.Inference.Onnx.Catalogue;

/// <summary>Signs model cards; the host has the key of the site.</summary>
public interface ICardSeal
{
    /// <summary>Brings JSON into the one form that is signed (RFC 8785).</summary>
    byte[] Canonicalize(byte[] json);

    /// <summary>Signs a card.</summary>
    /// <returns>The signed card.</returns>
    byte[] Sign(byte[] card);

    /// <summary>Tells whether the site signed a card.</summary>
    /// <param name="card">The card.</param>
    /// <param name="envelope">What is beside it as the signed card.</param>
    bool IsSigned(byte[] card, byte[] envelope);
}

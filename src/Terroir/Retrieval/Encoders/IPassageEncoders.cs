namespace Terroir.Retrieval.Encoders;

/// <summary>The encoders that the host has. Safe to call from several threads.</summary>
public interface IPassageEncoders
{
    /// <summary>The name of the encoder that the operator chose, without opening it; <see langword="null"/> if
    /// none.</summary>
    /// <exception cref="TerroirException">There is no such encoder.</exception>
    EncoderName? CurrentName => Current?.Name;

    /// <summary>The encoder that the operator chose; <see langword="null"/> if none.</summary>
    /// <exception cref="TerroirException">It cannot be used.</exception>
    PassageEncoder? Current { get; }

    /// <summary>The reranker that the operator chose; <see langword="null"/> if none.</summary>
    /// <exception cref="TerroirException">It cannot be used.</exception>
    PassageReranker? Reranker => null;

    /// <summary>Finds the encoder that made vectors which are still in force.</summary>
    /// <param name="name">The encoder.</param>
    /// <returns>The encoder, or <see langword="null"/> if it was removed from the site.</returns>
    /// <exception cref="TerroirException">It is there and cannot be used.</exception>
    PassageEncoder? Find(EncoderName name);
}

using Microsoft.Extensions.AI;

namespace Terroir.Server.Models;

/// <summary>Puts a text before each that is embedded, and gives the vectors the length 1: not every server does.
/// </summary>
/// <param name="inner">Embeds; it is disposed with this one.</param>
/// <param name="prefix">The text.</param>
/// <param name="failed">Is told the code of each failure, if somebody wants to know.</param>
internal sealed class PrefixedEmbeddings(
    IEmbeddingGenerator<string, Embedding<float>> inner,
    string prefix,
    Action<string>? failed)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    /// <inheritdoc/>
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        try
        {
            var embeddings = await base.GenerateAsync(values.Select(text => prefix + text), options, cancellationToken);
            foreach (var embedding in embeddings)
            {
                embedding.Vector = Normalise(embedding.Vector.Span);
            }

            return embeddings;
        }
        catch (TerroirException exception)
        {
            failed?.Invoke(exception.Code);
            throw;
        }
    }

    // A vector of zeros is near to nothing, and stays so.
    private static float[] Normalise(ReadOnlySpan<float> vector)
    {
        var squared = 0.0;
        foreach (var component in vector)
        {
            squared += (double)component * component;
        }

        var scale = squared > 0 ? 1 / Math.Sqrt(squared) : 0;
        var unit = new float[vector.Length];
        for (var at = 0; at < unit.Length; at++)
        {
            unit[at] = (float)(vector[at] * scale);
        }

        return unit;
    }
}

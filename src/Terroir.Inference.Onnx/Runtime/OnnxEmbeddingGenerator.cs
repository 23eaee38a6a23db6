using Microsoft.Extensions.AI;

namespace Terroir.Inference.Onnx.Runtime;

/// <summary>An encoder on this machine as a generator of embeddings. Safe to call from several threads.</summary>
/// <param name="encoder">The encoder; disposed of with this.</param>
/// <param name="codec">Its tokenizer.</param>
/// <param name="modelId">The id that the embeddings name.</param>
/// <param name="prefix">What stands before every text, such as <c>query: </c>; empty for nothing.</param>
public sealed class OnnxEmbeddingGenerator(OnnxEncoder encoder, IEncoderCodec codec, string modelId, string prefix)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>Embeds texts, one after the other; a text that is too long is cut.</summary>
    /// <param name="values">The texts.</param>
    /// <param name="options">May ask for the dimensions that the encoder has, and for no other.</param>
    /// <param name="cancellationToken">Stops between two texts.</param>
    /// <returns>An embedding for each text, in order, of L2 norm 1.</returns>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (options?.Dimensions is { } dimensions && dimensions != encoder.Shape.Hidden)
        {
            throw new NotSupportedException($"The encoder makes embeddings of {encoder.Shape.Hidden} components.");
        }

        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        var tokens = 0L;
        foreach (var value in values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var text = codec.Encode(prefix + value, encoder.Shape.TokensMax);
            tokens += text.Tokens.Count;
            embeddings.Add(new Embedding<float>(encoder.Embed(text)) { ModelId = modelId });
        }

        embeddings.Usage = new UsageDetails { InputTokenCount = tokens, TotalTokenCount = tokens };
        return Task.FromResult(embeddings);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
        {
            return null;
        }

        return serviceType == typeof(EmbeddingGeneratorMetadata)
            ? new EmbeddingGeneratorMetadata("onnx", providerUri: null, modelId, encoder.Shape.Hidden)
            : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <inheritdoc/>
    public void Dispose() => encoder.Dispose();
}

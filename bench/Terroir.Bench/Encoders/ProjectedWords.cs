using Microsoft.Extensions.AI;
using Terroir.Retrieval.Encoders;

namespace Terroir.Bench.Encoders;

/// <summary>In the place of an encoder: a random vector of 384 components for each word, and their sum for a text. It
/// costs next to nothing, so that the search is timed and not the encoder.</summary>
internal sealed class ProjectedWords : IPassageEncoders, IEmbeddingGenerator<string, Embedding<float>>
{
    public const int Dimensions = 384;

    private static readonly EncoderName Name = new("projected-words", ContentHash.Of("projected-words"u8));
    private static readonly char[] Separators = [' ', '\n', '.', ',', ';', ':', '(', ')', '\''];

    public PassageEncoder? Current => new(Name, Dimensions, this, this);

    public PassageEncoder? Find(EncoderName name) => name == Name ? Current : null;

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(
            values.Select(value => new Embedding<float>(Embed(value)))));

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
        // It holds nothing.
    }

    private static float[] Embed(string text)
    {
        var sum = new float[Dimensions];
        foreach (var word in text.ToLowerInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            var random = new Random(word.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter)));
            for (var at = 0; at < Dimensions; at++)
            {
                sum[at] += random.NextSingle() - 0.5f;
            }
        }

        var norm = MathF.Sqrt(sum.Sum(value => value * value));
        return [.. sum.Select(value => norm > 0 ? value / norm : 0)];
    }
}

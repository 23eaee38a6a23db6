using Microsoft.Extensions.AI;
using Terroir.Retrieval.Encoders;

namespace Terroir.Tests.Retrieval.Encoders;

/// <summary>An encoder that counts three letters in a row: texts with like words are near one another.</summary>
/// <param name="id">Its id, on which its vectors depend too.</param>
/// <param name="dimensions">Components of a vector.</param>
internal sealed class LetterEncoder(string id, int dimensions = 32) : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>How many texts it has embedded.</summary>
    public int TextCount { get; private set; }

    /// <summary>Called with the number of each text before it is embedded.</summary>
    public Action<int>? Embedding { get; set; }

    /// <summary>Waited for when texts were embedded, before anybody has their vectors.</summary>
    public Func<Task>? EmbeddedAsync { get; set; }

    /// <summary>Puts another vector in the place of one.</summary>
    public Func<float[], float[]>? Replacing { get; set; }

    public EncoderName Name { get; } = new(id, ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(id)));

    public PassageEncoder Opened => new(Name, dimensions, this, this);

    public float[] Embed(string text)
    {
        var vector = new float[dimensions];
        for (var at = 0; at + 3 <= text.Length; at++)
        {
            var hash = id.Length;
            foreach (var letter in text.AsSpan(at, 3))
            {
                hash = ((hash * 31) + letter) % 65_521;
            }

            vector[hash % dimensions]++;
        }

        var norm = MathF.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => norm > 0 ? value / norm : 0)];
    }

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var value in values)
        {
            Embedding?.Invoke(TextCount);
            TextCount++;
            var vector = Embed(value);
            embeddings.Add(new Embedding<float>(Replacing?.Invoke(vector) ?? vector));
        }

        if (EmbeddedAsync is { } waitAsync)
        {
            await waitAsync();
        }

        return embeddings;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
        // It holds nothing.
    }
}

/// <summary>The encoders of a test site.</summary>
internal sealed class TestEncoders : IPassageEncoders
{
    /// <summary>Those that are there.</summary>
    public List<LetterEncoder> Here { get; } = [];

    public LetterEncoder? Chosen { get; set; }

    public PassageEncoder? Current => Chosen?.Opened;

    public PassageEncoder? Find(EncoderName name) => Here.Find(encoder => encoder.Name == name)?.Opened;

    /// <summary>Brings an encoder and chooses it.</summary>
    public LetterEncoder Choose(string id, int dimensions = 32)
    {
        Chosen = new LetterEncoder(id, dimensions);
        Here.Add(Chosen);
        return Chosen;
    }
}

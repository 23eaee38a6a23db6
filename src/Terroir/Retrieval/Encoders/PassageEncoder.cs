using Microsoft.Extensions.AI;

namespace Terroir.Retrieval.Encoders;

/// <summary>An encoder of the site: it turns queries and passages into vectors that are near one another where they
/// mean the same. Its generators belong to the site and may be called from several threads.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dimensions">Components of its vectors.</param>
/// <param name="Passages">Embeds passages.</param>
/// <param name="Queries">Embeds queries.</param>
public sealed record PassageEncoder(
    EncoderName Name,
    int Dimensions,
    IEmbeddingGenerator<string, Embedding<float>> Passages,
    IEmbeddingGenerator<string, Embedding<float>> Queries);

/// <summary>The encoder that made vectors: vectors of different encoders cannot be compared.</summary>
/// <param name="Id">Its id in the catalogue of models, for people; at most 255 bytes of UTF-8.</param>
/// <param name="Card">The SHA-256 of its card, which decides whether it is the same.</param>
public sealed record EncoderName(string Id, ContentHash Card);

namespace Terroir.Retrieval.Encoders;

/// <summary>A reranker of the site: it reads a query and a passage together and tells how well the one answers the
/// other. It belongs to the site and may be called from several threads.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Score">Scores a query and a passage: greater is better, with no fixed range.</param>
public sealed record PassageReranker(EncoderName Name, Func<string, string, float> Score);

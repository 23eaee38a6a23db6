namespace Terroir.Retrieval.Vectors;

/// <summary>One search of a tail.</summary>
/// <param name="Tail">The tail.</param>
/// <param name="SourceNumber">Its number among the sources of the search.</param>
/// <param name="Allowed">A bit for each number that is allowed; all when <see langword="null"/>.</param>
/// <param name="Query">The query with zeros at its end.</param>
internal sealed record TailTask(VectorTail Tail, int SourceNumber, ReadOnlyMemory<ulong>? Allowed, PreparedQuery Query);

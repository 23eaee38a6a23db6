namespace Terroir.Documents;

/// <summary>A file inside another file.</summary>
/// <param name="Path">Its relative path with <c>/</c>, unique within the outer file; never absolute, never
/// <c>..</c>.</param>
/// <param name="Content">Its bytes.</param>
public sealed record EmbeddedFile(string Path, ReadOnlyMemory<byte> Content);

namespace Terroir.Storage;

/// <summary>What a store knows of an object without reading it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="StoredAt">When it was stored, by the store's clock.</param>
public sealed record BlobInfo(BlobKey Key, long SizeBytes, DateTimeOffset StoredAt);

namespace Terroir.Server.Retention;

/// <summary>Settings of retention. Section <c>Terroir:Retention</c>.</summary>
internal sealed class RetentionOptions
{
    /// <summary>How long documents are kept; <see cref="RetentionSettings"/> reads it. None by default: nothing must be
    /// kept, and nothing is erased by itself.</summary>
    public IReadOnlyDictionary<string, string> Rules { get; set; } =
        new Dictionary<string, string>(StringComparer.Ordinal);
}

namespace Terroir.Server.Policies;

/// <summary>Settings of the labels. Section <c>Terroir:Labels</c>.</summary>
internal sealed class LabelOptions
{
    /// <summary>What labels and collections say of documents; <see cref="LabelSettings"/> reads it.</summary>
    public IReadOnlyDictionary<string, string> Rules { get; set; } =
        new Dictionary<string, string>(StringComparer.Ordinal);
}

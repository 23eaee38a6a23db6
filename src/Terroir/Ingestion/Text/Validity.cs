namespace Terroir.Ingestion.Text;

/// <summary>From when to when a document says that it holds.</summary>
/// <param name="From">The first day, or <see langword="null"/> if it does not say.</param>
/// <param name="Until">The last day, or <see langword="null"/> if it does not say.</param>
internal sealed record Validity(DateOnly? From, DateOnly? Until)
{
    /// <summary>The document says nothing.</summary>
    public static Validity Unstated { get; } = new(null, null);
}

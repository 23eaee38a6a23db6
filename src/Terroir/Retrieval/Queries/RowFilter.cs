namespace Terroir.Retrieval.Queries;

/// <summary>What a query asks of the row of a document. Each part that is set must fit.</summary>
internal sealed record RowFilter
{
    /// <summary>One of these labels, whatever their case; empty for any.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>One of these media types; empty for any.</summary>
    public IReadOnlyList<string> MediaTypes { get; init; } = [];

    /// <summary>Changed on this day (UTC) or later.</summary>
    public DateOnly? After { get; init; }

    /// <summary>Changed before this day (UTC).</summary>
    public DateOnly? Before { get; init; }

    /// <summary>Whether it asks for anything.</summary>
    public bool IsEmpty => Labels.Count == 0 && MediaTypes.Count == 0 && After is null && Before is null;

    /// <summary>Decides whether a document fits.</summary>
    public bool Fits(DocumentRecord document)
    {
        var day = DateOnly.FromDateTime(document.ModifiedAt.UtcDateTime);
        return (Labels.Count == 0 || Labels.Contains(document.Label, StringComparer.OrdinalIgnoreCase))
            && (MediaTypes.Count == 0 || MediaTypes.Contains(document.MediaType, StringComparer.OrdinalIgnoreCase))
            && !(day < After)
            && !(day >= Before);
    }
}

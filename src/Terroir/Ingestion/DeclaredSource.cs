namespace Terroir.Ingestion;

/// <summary>A source as somebody declares it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Collection">The collection that it feeds.</param>
public sealed record DeclaredSource(string Name, string Kind, string Collection)
{
    /// <summary>For a folder its path; else <see langword="null"/>.</summary>
    public string? Folder { get; init; }

    /// <summary>Where permissions come from; <see langword="null"/> for the default of its kind.</summary>
    public string? Permissions { get; init; }

    /// <summary>The most bytes a second, such as <c>2MiB/s</c>; <see langword="null"/> for no bound.</summary>
    public string? Bandwidth { get; init; }

    /// <summary>What was set, by name.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The line where it begins in its file, from 1; 0 if it is in none.</summary>
    public int Line { get; init; }
}

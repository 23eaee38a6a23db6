namespace Terroir;

/// <summary>There is no source of that name. Code <c>TER1001</c>.</summary>
public sealed class SourceUnknownException : TerroirException
{
    /// <summary>Creates the error for one source.</summary>
    /// <param name="source">The name that was given.</param>
    public SourceUnknownException(string source)
        : base("TER1001", isTransient: false, Describe(source), innerException: null) => SourceId = source;

    /// <summary>The name that was given.</summary>
    public string SourceId { get; }

    private static string Describe(string source) =>
        $"There is no source '{source}'. See 'terroir source list'; add it with 'terroir source add'.";
}

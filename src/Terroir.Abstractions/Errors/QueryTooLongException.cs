namespace Terroir;

/// <summary>A question has more characters or more different words than a search takes. Code <c>TER2002</c>.</summary>
public sealed class QueryTooLongException : TerroirException
{
    /// <summary>Creates the error for one question; it does not repeat the question.</summary>
    /// <param name="count">How many the question has.</param>
    /// <param name="limit">How many a question may have.</param>
    /// <param name="unit">What was counted, such as <c>characters</c>.</param>
    public QueryTooLongException(int count, int limit, string unit)
        : base("TER2002", isTransient: false, Describe(count, limit, unit), innerException: null)
    {
        Count = count;
        Limit = limit;
    }

    /// <summary>How many the question has.</summary>
    public int Count { get; }

    /// <summary>How many a question may have.</summary>
    public int Limit { get; }

    private static string Describe(int count, int limit, string unit) =>
        $"The question has {count} {unit} and may have {limit}. Ask a shorter one.";
}

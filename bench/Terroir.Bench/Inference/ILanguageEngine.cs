namespace Terroir.Bench.Inference;

/// <summary>An engine that is measured.</summary>
internal interface ILanguageEngine : IDisposable
{
    /// <summary>Reads tokens after those before.</summary>
    void Read(ReadOnlySpan<int> tokens);

    /// <summary>Forgets all tokens.</summary>
    void Reset();
}

namespace Terroir;

/// <summary>A note, checkpoint, proof, tile, policy or receipt is not of its format. Code <c>TER6001</c>.</summary>
/// <remarks>It says nothing of whether what was written is true: nothing was verified yet.</remarks>
public sealed class ProofFormatException : TerroirException
{
    /// <summary>Creates the error.</summary>
    /// <param name="kind">What it should have been, such as <c>checkpoint</c>.</param>
    /// <param name="fault">What is wrong, as a sentence without a full stop. It quotes nothing of the input.</param>
    public ProofFormatException(string kind, string fault)
        : base("TER6001", isTransient: false, Describe(kind, fault), innerException: null)
    {
        Kind = kind;
        Fault = fault;
    }

    /// <summary>What it should have been.</summary>
    public string Kind { get; }

    /// <summary>What is wrong, without a full stop.</summary>
    public string Fault { get; }

    private static string Describe(string kind, string fault) =>
        $"This is no {kind}: {fault}. Fetch the file again from where it was published; do not mend it by hand.";
}

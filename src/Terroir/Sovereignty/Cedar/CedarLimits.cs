namespace Terroir.Sovereignty.Cedar;

/// <summary>What one text or request may hold at most; beyond, it is refused with a fault.</summary>
public static class CedarLimits
{
    /// <summary>The characters of one text of policies, schema, entities or requests.</summary>
    public const int TextLengthMax = 16 << 20;

    /// <summary>The policies of one set.</summary>
    public const int PolicyCountMax = 100_000;

    /// <summary>How deep brackets, conditions, types and JSON may nest.</summary>
    public const int NestingMax = 200;

    /// <summary>How many operations one expression may stack, as <c>a + b + c</c> stacks two.</summary>
    public const int DepthMax = 1_000;

    /// <summary>The entities that one entity may be in, directly or not.</summary>
    public const int AncestorCountMax = 10_000;

    /// <summary>How many equal signs of negation may follow one another, as in the grammar of the language.</summary>
    internal const int NegationMax = 4;

    /// <summary>The faults that one check reports.</summary>
    internal const int FaultCountMax = 1_000;
}

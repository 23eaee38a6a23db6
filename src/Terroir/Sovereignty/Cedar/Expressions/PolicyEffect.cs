namespace Terroir.Sovereignty.Cedar;

/// <summary>What a policy does when it applies.</summary>
public enum PolicyEffect
{
    /// <summary>It allows, unless another one forbids.</summary>
    Permit,

    /// <summary>It denies.</summary>
    Forbid,
}

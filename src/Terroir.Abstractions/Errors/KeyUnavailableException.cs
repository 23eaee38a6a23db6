namespace Terroir;

/// <summary>A key is not here, cannot be unwrapped, or was destroyed. Code <c>TER5004</c>.</summary>
public sealed class KeyUnavailableException : TerroirException
{
    /// <summary>Creates the error for one key.</summary>
    /// <param name="key">The id of the key.</param>
    /// <param name="fault">What is wrong, as the end of a sentence, such as <c>is not in the key ring</c>.</param>
    /// <param name="advice">What to do, as a sentence.</param>
    /// <param name="isDestroyed">Whether it was destroyed on purpose.</param>
    public KeyUnavailableException(string key, string fault, string advice, bool isDestroyed = false)
        : base("TER5004", isTransient: false, $"Key '{key}' {fault}. {advice}", innerException: null)
    {
        Key = key;
        IsDestroyed = isDestroyed;
    }

    /// <summary>The id of the key.</summary>
    public string Key { get; }

    /// <summary>Whether the key was destroyed on purpose, so that what it sealed is erased.</summary>
    public bool IsDestroyed { get; }
}

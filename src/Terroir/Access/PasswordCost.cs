namespace Terroir.Access;

/// <summary>What stretching a password costs. The default is what RFC 9106 section 4 recommends where memory is scarce,
/// on one lane, above what OWASP asks for at least (19 MiB, 2 passes).</summary>
/// <param name="MemoryKibibytes">The memory of Argon2id in KiB.</param>
/// <param name="PassCount">The passes over it.</param>
public sealed record PasswordCost(int MemoryKibibytes, int PassCount)
{
    /// <summary>64 MiB, 3 passes.</summary>
    public static PasswordCost Default { get; } = new(64 << 10, 3);
}

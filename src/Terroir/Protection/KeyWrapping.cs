namespace Terroir.Protection;

/// <summary>How a key was wrapped: what a reader must have, and nothing of it.</summary>
internal sealed record KeyWrapping
{
    /// <summary>Wrapped under a master key of 32 bytes.</summary>
    public const string KeyFile = "key-file";

    /// <summary>Wrapped under what Argon2id makes of a passphrase.</summary>
    public const string Passphrase = "passphrase";

    /// <summary>One of the two.</summary>
    public required string Kind { get; init; }

    /// <summary>16 digits by which a master key is told from others.</summary>
    public string? Check { get; init; }

    /// <summary>The salt in 32 hexadecimal digits.</summary>
    public string? Salt { get; init; }

    /// <summary>The memory of Argon2id in KiB.</summary>
    public int MemoryKibibytes { get; init; }

    /// <summary>The passes of Argon2id.</summary>
    public int PassCount { get; init; }
}

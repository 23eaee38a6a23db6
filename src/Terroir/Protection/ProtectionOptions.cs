namespace Terroir.Protection;

/// <summary>How what is stored is sealed. Section <c>Terroir:Protection</c>; checked when the site is opened.</summary>
public sealed class ProtectionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Terroir:Protection";

    /// <summary>Whether new content is sealed; the default. What was sealed before is opened in any case.</summary>
    public bool Encryption { get; set; } = true;

    /// <summary>Where the master key is kept, as <c>file:PATH</c> or <c>env:NAME</c>: 64 hexadecimal digits. Empty for
    /// the site's own file, <c>keys/master.key</c>.</summary>
    public string MasterKey { get; set; } = "";

    /// <summary>Where a passphrase is kept that takes the place of the master key, as <c>file:PATH</c> or
    /// <c>env:NAME</c>: 12 characters or more. Empty for none.</summary>
    public string Passphrase { get; set; } = "";

    /// <summary>Looks for settings that cannot be used.</summary>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public string? FindFault() =>
        FaultOf("masterKey", MasterKey)
        ?? FaultOf("passphrase", Passphrase)
        ?? (MasterKey.Length > 0 && Passphrase.Length > 0
            ? "protection: has both 'masterKey:' and 'passphrase:'. Keep one."
            : null);

    private static string? FaultOf(string name, string value) =>
        value.Length == 0 || SecretReference.TryParse(value, out _)
            ? null
            : $"protection: {name}: is not where a secret is kept. Write 'file:PATH' or 'env:NAME'.";
}

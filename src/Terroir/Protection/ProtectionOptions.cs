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

    /// <summary>The absolute path of the PKCS#11 module of a token that keeps the master key wrapped. Empty for none.
    /// </summary>
    public string TokenModule { get; set; } = "";

    /// <summary>The label of the token.</summary>
    public string TokenLabel { get; set; } = "";

    /// <summary>The label of its AES key; it is made if there is none.</summary>
    public string TokenKey { get; set; } = "terroir";

    /// <summary>Where the PIN of the token is kept, as <c>file:PATH</c> or <c>env:NAME</c>.</summary>
    public string TokenPin { get; set; } = "";

    /// <summary>Looks for settings that cannot be used.</summary>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public string? FindFault() =>
        FaultOf("masterKey", MasterKey)
        ?? FaultOf("passphrase", Passphrase)
        ?? (MasterKey.Length > 0 && Passphrase.Length > 0
            ? "protection: has both 'masterKey:' and 'passphrase:'. Keep one."
            : null)
        ?? (TokenModule.Length > 0 ? FindFaultOfToken() : null);

    private string? FindFaultOfToken() =>
        MasterKey.Length > 0 || Passphrase.Length > 0
            ? "protection: has 'tokenModule:' and another place of the master key. Keep one."
        : !Path.IsPathRooted(TokenModule)
            ? "protection: tokenModule: is no absolute path."
        : TokenLabel.Length == 0 || TokenKey.Length == 0 || TokenPin.Length == 0
            ? "protection: tokenModule: needs 'tokenLabel:', 'tokenKey:' and 'tokenPin:'."
        : FaultOf("tokenPin", TokenPin);

    private static string? FaultOf(string name, string value) =>
        value.Length == 0 || SecretReference.TryParse(value, out _)
            ? null
            : $"protection: {name}: is not where a secret is kept. Write 'file:PATH' or 'env:NAME'.";
}

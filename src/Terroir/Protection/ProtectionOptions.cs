using System.Text.RegularExpressions;

namespace Terroir.Protection;

/// <summary>How what is stored is sealed. Section <c>Terroir:Protection</c>; checked when the site is opened.</summary>
public sealed partial class ProtectionOptions
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

    /// <summary>The registers of the TPM of this machine whose values a sealed master key opens with, such as
    /// <c>sha256:0,7</c>: firmware and Secure Boot. Empty for no TPM.</summary>
    public string TpmPcrs { get; set; } = "";

    /// <summary>Which TPM it is, as tpm2-tools name it (TCTI).</summary>
    public string TpmDevice { get; set; } = "device:/dev/tpmrm0";

    /// <summary>Whether a token or a TPM may keep the master key wrapped.</summary>
    public bool HasToken => TokenModule.Length > 0 || TpmPcrs.Length > 0;

    /// <summary>Looks for settings that cannot be used.</summary>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public string? FindFault() =>
        FaultOf("masterKey", MasterKey)
        ?? FaultOf("passphrase", Passphrase)
        ?? (MasterKey.Length > 0 && Passphrase.Length > 0
            ? "protection: has both 'masterKey:' and 'passphrase:'. Keep one."
            : null)
        ?? FindFaultOfPlaces()
        ?? (TokenModule.Length > 0 ? FindFaultOfToken() : null)
        ?? (TpmPcrs.Length > 0 ? FindFaultOfTpm() : null);

    private string? FindFaultOfPlaces()
    {
        var isElsewhere = MasterKey.Length > 0 || Passphrase.Length > 0;
        return TokenModule.Length > 0 && (isElsewhere || TpmPcrs.Length > 0)
            ? "protection: has 'tokenModule:' and another place of the master key. Keep one."
            : TpmPcrs.Length > 0 && isElsewhere
                ? "protection: has 'tpmPcrs:' and another place of the master key. Keep one."
                : null;
    }

    private string? FindFaultOfToken() =>
        !Path.IsPathRooted(TokenModule)
            ? "protection: tokenModule: is no absolute path."
        : TokenLabel.Length == 0 || TokenKey.Length == 0 || TokenPin.Length == 0
            ? "protection: tokenModule: needs 'tokenLabel:', 'tokenKey:' and 'tokenPin:'."
        : FaultOf("tokenPin", TokenPin);

    private string? FindFaultOfTpm() =>
        !Registers().IsMatch(TpmPcrs)
            ? "protection: tpmPcrs: is no list of registers. Write a bank and numbers of 0 to 23: 'sha256:0,7'."
        : TpmDevice.Length == 0
            ? "protection: tpmDevice: is empty. Write 'device:/dev/tpmrm0', or take the line out."
        : null;

    [GeneratedRegex(
        @"^sha(256|384|512):([01]?[0-9]|2[0-3])(,([01]?[0-9]|2[0-3])){0,23}\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Registers();

    private static string? FaultOf(string name, string value) =>
        value.Length == 0 || SecretReference.TryParse(value, out _)
            ? null
            : $"protection: {name}: is not where a secret is kept. Write 'file:PATH' or 'env:NAME'.";
}

using Terroir.Provenance.Notes;

namespace Terroir.Server.Witnesses;

/// <summary>Whose ledgers this site watches. Section <c>Terroir:Witness</c>; checked when the host starts.</summary>
public sealed class WitnessOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Terroir:Witness";

    /// <summary>How many logs there may be.</summary>
    public const int LogCountMax = 64;

    /// <summary>The verifier keys, <c>NAME+ID+BASE64</c>, of the logs that are cosigned; none by default.</summary>
    public IReadOnlyList<string> Logs { get; set; } = [];

    /// <summary>Looks for settings that cannot be used.</summary>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public string? FindFault()
    {
        if (Logs.Count > LogCountMax)
        {
            return $"{Section}:Logs has more than {LogCountMax}.";
        }

        try
        {
            _ = ReadLogs();
            return null;
        }
        catch (ProofFormatException exception)
        {
            return $"{Section}:Logs: {exception.Message} 'terroir key witness' on the other site shows it.";
        }
    }

    /// <summary>Reads the keys, by the origin of their log.</summary>
    /// <exception cref="ProofFormatException">One is none.</exception>
    internal ILookup<string, VerifierKey> ReadLogs() =>
        Logs.Select(VerifierKey.Parse).ToLookup(key => key.Name, StringComparer.Ordinal);
}

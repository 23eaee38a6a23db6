using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Terroir.Provenance.Notes;

namespace Terroir.Server.Witnesses;

/// <summary>Who watches the ledger of this site. Section <c>Terroir:Ledger</c>; checked when the host starts.</summary>
public sealed class LedgerOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Terroir:Ledger";

    /// <summary>How many witnesses there may be.</summary>
    public const int WitnessCountMax = 16;

    private static readonly TimeSpan IntervalMax = TimeSpan.FromHours(1);

    /// <summary>The witnesses that cosign the checkpoints of this site; none by default.</summary>
    public IReadOnlyList<DeclaredWitness> Witnesses { get; set; } = [];

    /// <summary>How many of them must have cosigned a checkpoint before it is served and proves receipts; 0, the
    /// default, for all.</summary>
    public int Quorum { get; set; }

    /// <summary>How often they are asked, if there is a newer checkpoint. 1 s to 1 h; the default is 5 s.</summary>
    public TimeSpan WitnessInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an event stays published under <c>/tlog/</c> at least: the policy that the specification asks
    /// for before a log is pruned. Zero, the default, for ever: <c>terroir audit prune</c> is refused. One day or more.
    /// </summary>
    public TimeSpan PublishedFor { get; set; }

    /// <summary>Looks for settings that cannot be used.</summary>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public string? FindFault() =>
        Witnesses.Count > WitnessCountMax ? $"{Section}:Witnesses has more than {WitnessCountMax}."
        : Quorum < 0 || Quorum > Witnesses.Count
            ? $"{Section}:Quorum is neither 0, for all, nor a number from 1 to that of the witnesses."
        : WitnessInterval < TimeSpan.FromSeconds(1) || WitnessInterval > IntervalMax
            ? $"{Section}:WitnessInterval is not between 00:00:01 and 01:00:00."
        : PublishedFor != TimeSpan.Zero && PublishedFor < TimeSpan.FromDays(1)
            ? $"{Section}:PublishedFor is neither 0, for ever, nor a day or more."
        : Witnesses.Select((witness, at) => witness.FindFault(at)).FirstOrDefault(fault => fault is not null);
}

/// <summary>A witness that the operator declared.</summary>
public sealed class DeclaredWitness
{
    /// <summary>Where it is: the address before <c>/add-checkpoint</c>, such as
    /// <c>https://terroir.example.org/witness</c>. With <c>http</c> only on this machine.</summary>
    [Required]
    public string Url { get; set; } = "";

    /// <summary>The verifier keys of its cosignatures, <c>NAME+ID+BASE64</c>: of type 4 (Ed25519) or 6 (ML-DSA-44).
    /// </summary>
    public IReadOnlyList<string> Keys { get; set; } = [];

    /// <summary>Reads the keys.</summary>
    /// <exception cref="ProofFormatException">One is none.</exception>
    internal IReadOnlyList<VerifierKey> ReadKeys() => [.. Keys.Select(VerifierKey.Parse)];

    internal string? FindFault(int at)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{LedgerOptions.Section}:Witnesses:{at}");
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var uri)
            || !(uri.Scheme is "https" || (uri.Scheme is "http" && uri.IsLoopback))
            || uri.UserInfo.Length + uri.Query.Length + uri.Fragment.Length > 0)
        {
            return $"{name}:Url is no address of a witness. Write https://HOST/witness, or http:// with a host of this "
                + "machine.";
        }

        try
        {
            return Keys.Count > 0 && ReadKeys().All(key => key.Type != SignatureType.Ed25519)
                ? null
                : $"{name}:Keys has no key, or that of a log. 'terroir key witness' on the other site shows its keys.";
        }
        catch (ProofFormatException exception)
        {
            return $"{name}:Keys: {exception.Message}";
        }
    }
}

using System.Text;

namespace Terroir.Provenance.Notes;

/// <summary>Reads policy files line by line. Names are octets, so that no table of Unicode decides what a policy
/// means; they are held as Latin-1.</summary>
internal sealed class PolicyParser
{
    private const string None = "none";

    private readonly List<VerifierKey> _logs = [];
    private readonly List<PolicyMember> _members = [];
    private readonly Dictionary<string, PolicyMember> _named = new(StringComparer.Ordinal);
    private readonly HashSet<string> _grouped = new(StringComparer.Ordinal);
    private int _line;
    private bool _hasQuorum;
    private PolicyMember? _quorum;

    public static TrustPolicy Parse(ReadOnlySpan<byte> bytes)
    {
        var parser = new PolicyParser();
        if (bytes.Length > TrustPolicy.LengthMax)
        {
            throw parser.Fault($"the file has {bytes.Length} bytes, and at most {TrustPolicy.LengthMax} are read");
        }

        foreach (var line in Encoding.Latin1.GetString(bytes).Split('\n'))
        {
            parser._line++;
            parser.ReadLine(line);
        }

        return parser._hasQuorum
            ? new TrustPolicy(parser._logs, parser._members, parser._quorum)
            : throw parser.Fault("there is no quorum line");
    }

    private void ReadLine(string line)
    {
        if (line.Any(c => (c < ' ' && c != '\t') || c == 0x7F))
        {
            throw Fault("there is a control character");
        }

        var items = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        switch (items)
        {
            case []:
            case [['#', ..], ..]:
                break;
            case ["log", var key, ..] when items.Length <= 3:
                ReadLog(key);
                break;
            case ["witness", var name, var key, ..] when items.Length <= 4:
                ReadWitness(name, key);
                break;
            case ["group", var name, var threshold, _, ..]:
                ReadGroup(name, threshold, items[3..]);
                break;
            case ["quorum", var name]:
                ReadQuorum(name);
                break;
            default:
                throw Fault("it is no log, witness, group or quorum line");
        }
    }

    private void ReadLog(string text)
    {
        var key = Key(text);
        if (key.Type == SignatureType.Cosignature)
        {
            throw Fault("a log does not sign with cosignatures of type 4");
        }

        if (_logs.Exists(other => other.PublicKey.Span.SequenceEqual(key.PublicKey.Span)))
        {
            throw Fault("the public key is there twice");
        }

        _logs.Add(_logs.Count < TrustPolicy.CountMax ? key : throw Fault("there are too many logs"));
    }

    private void ReadWitness(string name, string text)
    {
        var key = Key(text);
        if (key.Type == SignatureType.Ed25519)
        {
            throw Fault("a witness signs with cosignatures, of type 4 or 6");
        }

        if (_members.Exists(other => other.Key is { } known && known.PublicKey.Span.SequenceEqual(key.PublicKey.Span)))
        {
            throw Fault("the public key is there twice");
        }

        Define(name, new PolicyMember(key, Threshold: 0, Members: []));
    }

    private void ReadGroup(string name, string threshold, string[] names)
    {
        var members = new List<PolicyMember>(names.Length);
        foreach (var member in names)
        {
            if (!_named.TryGetValue(member, out var known))
            {
                throw Fault("a member is not defined above");
            }

            members.Add(_grouped.Add(member) ? known : throw Fault("a member is listed twice"));
        }

        var needed = threshold switch
        {
            "all" => members.Count,
            "any" => 1,
            _ => NoteText.TryParseNumber(threshold, out var k) && k >= 1 && k <= members.Count
                ? (int)k
                : throw Fault("the threshold is not any, all or a number from 1 to that of the members"),
        };
        Define(name, new PolicyMember(Key: null, needed, members));
    }

    private void ReadQuorum(string name)
    {
        if (_hasQuorum)
        {
            throw Fault("there is another quorum line");
        }

        _hasQuorum = true;
        _quorum = string.Equals(name, None, StringComparison.Ordinal) ? null
            : _named.TryGetValue(name, out var member) ? member
            : throw Fault("the quorum is not defined above");
    }

    private void Define(string name, PolicyMember member)
    {
        if (string.Equals(name, None, StringComparison.Ordinal) || !_named.TryAdd(name, member))
        {
            throw Fault("the name is there already");
        }

        var alike = _members.Count(other => other.Key is null == member.Key is null);
        _members.Add(alike < TrustPolicy.CountMax ? member : throw Fault("there are too many witnesses or groups"));
    }

    private VerifierKey Key(string text)
    {
        try
        {
            return VerifierKey.Parse(NoteText.Decode(Encoding.Latin1.GetBytes(text), "verifier key"));
        }
        catch (ProofFormatException fault)
        {
            throw Fault($"the verifier key is not right: {fault.Fault}");
        }
    }

    private ProofFormatException Fault(string fault) =>
        new("trust policy", _line == 0 ? fault : $"line {NoteText.Number(_line)}: {fault}");
}

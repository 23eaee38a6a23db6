using System.Globalization;
using System.Text;
using Terroir.Provenance.Notes;

namespace Terroir.Server.Witnesses;

/// <summary>Writes whom to trust as a C2SP tlog-policy: the log of a site, and the witnesses that its operator
/// declared, as many of them as its settings ask for.</summary>
internal static class WitnessPolicy
{
    /// <summary>Writes the policy.</summary>
    /// <param name="log">The key of the site's log.</param>
    /// <param name="options">The witnesses and their quorum.</param>
    /// <returns>The text of the policy; without witnesses it asks for none.</returns>
    public static string Write(VerifierKey log, LedgerOptions options)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"log {log}\n");
        if (options.Witnesses.Count == 0)
        {
            return text.Append("quorum none\n").ToString();
        }

        var names = options.Witnesses.Select((witness, at) => WriteWitness(text, witness, at + 1)).ToList();
        var quorum = options.Quorum > 0 ? options.Quorum : names.Count;
        return text
            .Append(CultureInfo.InvariantCulture, $"group witnesses {quorum} {string.Join(' ', names)}\n")
            .Append("quorum witnesses\n")
            .ToString();
    }

    // A witness that has two keys cosigns with either.
    private static string WriteWitness(StringBuilder text, DeclaredWitness witness, int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"witness-{number}");
        var keys = witness.ReadKeys();
        if (keys is [var only])
        {
            text.Append(CultureInfo.InvariantCulture, $"witness {name} {only}\n");
            return name;
        }

        var members = new List<string>(keys.Count);
        foreach (var key in keys)
        {
            members.Add(string.Create(CultureInfo.InvariantCulture, $"{name}-key-{members.Count + 1}"));
            text.Append(CultureInfo.InvariantCulture, $"witness {members[^1]} {key}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"group {name} any {string.Join(' ', members)}\n");
        return name;
    }
}

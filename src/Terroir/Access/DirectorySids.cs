using System.Text.RegularExpressions;

namespace Terroir.Access;

/// <summary>Collects which user or group has which SID of Windows.</summary>
internal sealed partial class DirectorySids
{
    private readonly Dictionary<string, string> _found = new(StringComparer.Ordinal);

    /// <summary>Principals by SID.</summary>
    public IReadOnlyDictionary<string, string> Found => _found;

    /// <summary>Takes the SIDs of a principal: a text, or a list of them.</summary>
    /// <exception cref="YamlFaultException">One is no SID, or another principal has it.</exception>
    public void Add(string principal, IEnumerable<YamlNode> nodes)
    {
        foreach (var node in nodes.SelectMany(node => node is YamlList ? node.AsList("sid") : [node]))
        {
            var sid = node.AsText("sid");
            if (!Form().IsMatch(sid))
            {
                throw new YamlFaultException(node.Line, "A 'sid' is written as Windows does: S-1-5-21-1-2-3-1104.");
            }

            if (!_found.TryAdd(sid, principal))
            {
                throw new YamlFaultException(node.Line, "The 'sid' is there twice; a SID names one user or group.");
            }
        }
    }

    [GeneratedRegex(
        "^S-1-[0-9]{1,15}(-[0-9]{1,10}){0,15}$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}

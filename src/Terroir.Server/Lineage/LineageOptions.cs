using Terroir.Models;

namespace Terroir.Server.Lineage;

/// <summary>Events of OpenLineage about what was ingested, indexed and answered. Section <c>Terroir:Lineage</c>;
/// checked when the host starts.</summary>
public sealed class LineageOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Terroir:Lineage";

    private static readonly TimeSpan IntervalMax = TimeSpan.FromHours(1);

    /// <summary>Whether events are written to the folder <c>lineage</c> of the site; by default they are not.</summary>
    public bool Events { get; set; }

    /// <summary>Where the events are sent too, such as <c>http://127.0.0.1:5000/api/v1/lineage</c>; empty, the default,
    /// for nowhere.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>Hosts other than this machine that may be sent events, by exact name or address; none by default.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    /// <summary>How often new events are looked for. 1 s to 1 h; the default is 5 s.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What may be reached.</summary>
    internal ModelGate Gate => new(AllowedHosts);

    /// <summary>Looks for settings that cannot be used.</summary>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public string? FindFault()
    {
        if (Interval < TimeSpan.FromSeconds(1) || Interval > IntervalMax)
        {
            return $"{Section}:Interval is not between 00:00:01 and 01:00:00.";
        }

        if (Endpoint.Length == 0)
        {
            return null;
        }

        if (!Events)
        {
            return $"{Section}:Endpoint is set and {Section}:Events is not. Events are sent from their files: write "
                + "'events: true' beside it.";
        }

        if (!Uri.TryCreate(Endpoint, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https")
            || uri.UserInfo.Length + uri.Query.Length + uri.Fragment.Length > 0)
        {
            return $"{Section}:Endpoint is no address. Write that of an OpenLineage API, such as "
                + "http://127.0.0.1:5000/api/v1/lineage.";
        }

        var isHere = uri.IsLoopback;
        var isAllowed = AllowedHosts.Contains(uri.IdnHost, StringComparer.OrdinalIgnoreCase);
        return isHere || (isAllowed && uri.Scheme is "https") ? null
            : isAllowed ? $"{Section}:Endpoint is on another machine. Write https:// there."
            : $"{Section}:Endpoint is on '{uri.IdnHost}', which is not this machine: ids of documents would leave it. "
                + $"If that is meant, add '{uri.IdnHost}' to {Section}:AllowedHosts.";
    }
}

using System.Net;

namespace Terroir.Models;

/// <summary>Decides which model servers may be called: those of this machine, and hosts that the operator allows by
/// name. Immutable.</summary>
/// <param name="allowedHosts">The hosts that are allowed, by exact name or address; letter case does not matter.
/// </param>
public sealed class ModelGate(IReadOnlyCollection<string> allowedHosts)
{
    /// <summary>Decides on an address from the settings.</summary>
    /// <param name="endpoint">The base address of a server.</param>
    /// <returns><see langword="null"/> if it may be called, else what is wrong and what to do.</returns>
    public string? Refuse(string endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        const string Key = $"{ModelsOptions.Section}:{nameof(ModelsOptions.Endpoint)}";
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return $"{Key} is no address. Write the base of an OpenAI-compatible API, such as "
                + "http://127.0.0.1:8080/v1.";
        }

        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            return $"{Key} may have no user, query or fragment. Refer to a key with {ModelsOptions.Section}:"
                + $"{nameof(ModelsOptions.ApiKey)}.";
        }

        return IsThisMachine(uri) || IsAllowed(uri.IdnHost)
            ? null
            : $"{Key} is on '{uri.IdnHost}', which is not this machine: passages of documents would leave it. If that "
                + $"is meant, add '{uri.IdnHost}' to {ModelsOptions.Section}:{nameof(ModelsOptions.AllowedHosts)}.";
    }

    /// <summary>Decides on a connection, once the name has become an address: a name of this machine may resolve to
    /// another.</summary>
    /// <param name="host">The name that was resolved.</param>
    /// <param name="address">What it resolved to.</param>
    /// <returns>Whether the connection may be opened.</returns>
    public bool Admits(string host, IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(address);
        return IPAddress.IsLoopback(address) || IsAllowed(host);
    }

    /// <summary>Decides whether an address is of this machine by its name.</summary>
    /// <param name="endpoint">An absolute address.</param>
    internal static bool IsThisMachine(Uri endpoint) => IsLoopback(endpoint.IdnHost);

    /// <summary>Decides whether a host is this machine by its name.</summary>
    /// <param name="host">A name or an address.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsLoopback(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
    }

    private bool IsAllowed(string host) => allowedHosts.Any(allowed =>
        string.Equals(allowed.Trim('[', ']'), host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase));
}

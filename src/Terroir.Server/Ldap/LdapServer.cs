using System.Globalization;

namespace Terroir.Server.Ldap;

/// <summary>Where a directory server is.</summary>
/// <param name="Host">The host, without brackets.</param>
/// <param name="Port">The port.</param>
/// <param name="IsTls">Whether TLS begins with the connection.</param>
internal sealed record LdapServer(string Host, int Port, bool IsTls)
{
    private const int PlainPort = 389;
    private const int TlsPort = 636;

    /// <summary>Reads an address.</summary>
    /// <param name="text"><c>ldaps://HOST[:PORT]</c> or <c>ldap://HOST[:PORT]</c>.</param>
    /// <returns>The server, or <see langword="null"/> if it is no such address.</returns>
    public static LdapServer? TryParse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("ldap" or "ldaps")
            || uri.Host.Length == 0
            || uri.UserInfo.Length + uri.Query.Length + uri.Fragment.Length > 0
            || uri.AbsolutePath is not ("" or "/"))
        {
            return null;
        }

        var isTls = uri.Scheme is "ldaps";
        return new LdapServer(
            uri.IdnHost.Trim('[', ']'),
            uri.Port > 0 ? uri.Port : isTls ? TlsPort : PlainPort,
            isTls);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}

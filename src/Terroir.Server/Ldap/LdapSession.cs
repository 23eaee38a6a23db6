using System.DirectoryServices.Protocols;
using System.Net;

namespace Terroir.Server.Ldap;

/// <summary>A connection to a directory server, bound and encrypted as the settings say. It follows no referral.
/// </summary>
/// <remarks>Not safe to call from several threads at once. The calls block: libldap has no other.</remarks>
internal sealed class LdapSession : IDisposable
{
    /// <summary>A server that takes longer for one answer is away.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int PageSize = 500;
    private const string Anything = "(objectClass=*)";

    private readonly LdapConnection _connection;

    private LdapSession(LdapConnection connection) => _connection = connection;

    /// <summary>How many requests were made.</summary>
    public int RequestCount { get; private set; }

    /// <summary>How many entries came.</summary>
    public int EntryCount { get; private set; }

    /// <summary>Connects and binds.</summary>
    /// <exception cref="LdapException">The server is away, is not believed, or refuses the name or the password.
    /// </exception>
    /// <exception cref="DirectoryOperationException">The server refuses.</exception>
    public static LdapSession Open(LdapServer server, LdapOptions options, string password)
    {
        var session = new LdapSession(new LdapConnection(
            new LdapDirectoryIdentifier(server.Host, server.Port))
        {
            AuthType = AuthType.Basic,
            AutoBind = false,
            Timeout = Patience,
        });
        try
        {
            session.Bind(server, options, password);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Reads one entry.</summary>
    /// <param name="name">Its distinguished name.</param>
    /// <param name="attributes">What of it.</param>
    /// <returns>The entry, or <see langword="null"/> if there is none, or none that the site may see.</returns>
    public SearchResultEntry? Find(string name, params string[] attributes)
    {
        try
        {
            return Send(new SearchRequest(name, Anything, SearchScope.Base, attributes)).Entries
                .Cast<SearchResultEntry>()
                .FirstOrDefault();
        }
        catch (DirectoryOperationException exception)
            when (exception.Response?.ResultCode is ResultCode.NoSuchObject or ResultCode.InvalidDNSyntax)
        {
            return null;
        }
    }

    /// <summary>Reads all entries under one, page by page.</summary>
    /// <param name="name">The distinguished name of that one.</param>
    /// <param name="filter">Which.</param>
    /// <param name="attributes">What of them.</param>
    /// <exception cref="DirectoryOperationException">The server gives only some of them.</exception>
    public IEnumerable<SearchResultEntry> List(string name, string filter, params string[] attributes)
    {
        var page = new PageResultRequestControl(PageSize);
        do
        {
            var request = new SearchRequest(name, filter, SearchScope.Subtree, attributes);
            request.Controls.Add(page);
            var response = Send(request);
            foreach (SearchResultEntry entry in response.Entries)
            {
                yield return entry;
            }

            page.Cookie = response.Controls.OfType<PageResultResponseControl>().SingleOrDefault()?.Cookie ?? [];
        }
        while (page.Cookie.Length > 0);
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private void Bind(LdapServer server, LdapOptions options, string password)
    {
        var settings = _connection.SessionOptions;
        settings.ProtocolVersion = 3;
        settings.ReferralChasing = ReferralChasingOptions.None;
        if (options.CertificateFolder.Length > 0 && !OperatingSystem.IsWindows())
        {
            settings.TrustedCertificatesDirectory = options.CertificateFolder;
            settings.StartNewTlsSessionContext();
        }

        if (server.IsTls)
        {
            settings.SecureSocketLayer = true;
        }
        else if (options.StartTls)
        {
            // The library connects with the first request only, and StartTLS needs a connection: this one says nothing.
            Send(new SearchRequest("", Anything, SearchScope.Base, "1.1"));
            settings.StartTransportLayerSecurity(controls: null);
        }

        _connection.Credential = new NetworkCredential(options.BindName, password);
        _connection.Bind();
        RequestCount++;
    }

    private SearchResponse Send(SearchRequest request)
    {
        var response = (SearchResponse)_connection.SendRequest(request, Patience);
        RequestCount++;
        EntryCount += response.Entries.Count;
        return response;
    }
}

using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Terroir.Connectors.Connecting;

/// <summary>Decides whether a server's certificate is believed: by the authorities of the system or, where a file of
/// authorities is set, by these alone. Nothing is downloaded for it.</summary>
internal sealed class ServerTrust
{
    private readonly string _server;
    private readonly X509Certificate2Collection? _authorities;

    private ServerTrust(string server, X509Certificate2Collection? authorities)
    {
        _server = server;
        _authorities = authorities;
    }

    /// <summary>Why the last certificate was not believed, and what to do; <see langword="null"/> if it was.</summary>
    public string? Fault { get; private set; }

    /// <summary>Reads the authorities.</summary>
    /// <param name="server">The server's name as it is set.</param>
    /// <param name="authorityFile">A file in PEM, or <see langword="null"/> for those of the system.</param>
    /// <exception cref="SourceFaultException">The file cannot be read or holds no certificate.</exception>
    public static ServerTrust Load(string server, string? authorityFile)
    {
        if (authorityFile is null)
        {
            return new ServerTrust(server, authorities: null);
        }

        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(authorityFile);
            return authorities.Count > 0
                ? new ServerTrust(server, authorities)
                : throw new SourceFaultException("The file of 'ca-file' holds no certificate; it must be in PEM.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or CryptographicException)
        {
            throw new SourceFaultException("The file of 'ca-file' cannot be read. Check its path and mode.", exception);
        }
    }

    /// <summary>Options for a TLS stream to the server.</summary>
    public SslClientAuthenticationOptions ToOptions()
    {
        var options = new SslClientAuthenticationOptions();
        Apply(options);
        return options;
    }

    /// <summary>Sets the options of a library that makes TLS by itself.</summary>
    public void Apply(SslClientAuthenticationOptions options)
    {
        options.TargetHost = _server;
        options.RemoteCertificateValidationCallback = Check;
        options.CertificateChainPolicy = ToPolicy();
    }

    /// <summary>Makes TLS on a stream.</summary>
    /// <exception cref="SourceFaultException">The certificate is not believed, or the server speaks no TLS.</exception>
    public async Task<Stream> SecureAsync(Stream stream, CancellationToken cancellationToken)
    {
        var secured = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await secured.AuthenticateAsClientAsync(ToOptions(), cancellationToken);
            return secured;
        }
        catch (Exception exception) when (exception is System.Security.Authentication.AuthenticationException
            or IOException)
        {
            await secured.DisposeAsync();
            throw new SourceFaultException(Explain(), exception);
        }
        catch
        {
            await secured.DisposeAsync();
            throw;
        }
    }

    /// <summary>Says why TLS could not be made.</summary>
    public string Explain() => Fault
        ?? $"'{_server}' does not speak TLS on this port, or none that this machine accepts. Check the port.";

    /// <summary>Decides on a certificate; as the callback of a TLS stream.</summary>
    public bool Check(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Fault = Find(certificate as X509Certificate2, chain, errors);
        return Fault is null;
    }

    private string? Find(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return $"'{_server}' shows no certificate.";
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return $"The certificate of the server is not for '{_server}'. Set the name that is in the certificate.";
        }

        // A library that makes TLS by itself built its chain by other rules: it is built again.
        using var own = new X509Chain { ChainPolicy = ToPolicy() };
        foreach (var element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            own.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return own.Build(certificate) ? null : Explain(own.ChainStatus.Aggregate(
            X509ChainStatusFlags.NoError,
            (flags, status) => flags | status.Status));
    }

    private string Explain(X509ChainStatusFlags flags) => flags switch
    {
        _ when flags.HasFlag(X509ChainStatusFlags.NotTimeValid) =>
            $"The certificate of '{_server}' has run out or is not valid yet. Renew it, or check this machine's clock.",
        _ when _authorities is null =>
            $"This machine does not know who signed the certificate of '{_server}'. Set 'ca-file' to the certificate "
            + "of your own authority.",
        _ => $"The certificate of '{_server}' is not signed by the authority in 'ca-file'.",
    };

    private X509ChainPolicy ToPolicy()
    {
        var policy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        if (_authorities is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(_authorities);
        }

        return policy;
    }
}

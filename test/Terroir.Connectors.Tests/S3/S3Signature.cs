using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Terroir.Connectors.S3;

/// <summary>Checks signatures of version 4, as the server of a bucket does; written from the specification, not from
/// the library that signs.</summary>
internal sealed class S3Signature(string id, string secret, string region, string? session)
{
    private const string Scheme = "AWS4-HMAC-SHA256 ";

    private static readonly TimeSpan SkewMax = TimeSpan.FromMinutes(15);

    /// <summary>Finds what is wrong with a request.</summary>
    /// <returns>The code of the error, or <see langword="null"/>.</returns>
    public string? FindFault(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return "AccessDenied";
        }

        var parts = authorization[Scheme.Length..].Split(',', StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);
        var (credential, signed) = (parts["Credential"].Split('/'), parts["SignedHeaders"].Split(';'));
        var stamp = request.Headers["x-amz-date"].ToString();
        if (!string.Equals(credential[0], id, StringComparison.Ordinal))
        {
            return "InvalidAccessKeyId";
        }

        if (!string.Equals(credential[2], region, StringComparison.Ordinal))
        {
            return "AuthorizationHeaderMalformed";
        }

        if (!string.Equals(request.Headers["x-amz-security-token"].ToString(), session ?? "", StringComparison.Ordinal))
        {
            return session is null ? "InvalidToken" : "ExpiredToken";
        }

        var time = DateTimeOffset.ParseExact(
            stamp,
            "yyyyMMdd'T'HHmmss'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal);
        if ((TimeProvider.System.GetUtcNow() - time).Duration() > SkewMax)
        {
            return "RequestTimeTooSkewed";
        }

        if (!signed.Contains("host") || !signed.Contains("x-amz-date") || !signed.Contains("x-amz-content-sha256"))
        {
            return "AccessDenied";
        }

        var scope = string.Join('/', credential.Skip(1));
        var text = $"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{Hash(Canonical(request, signed))}";
        return string.Equals(parts["Signature"], Sign(credential, text), StringComparison.Ordinal)
            ? null
            : "SignatureDoesNotMatch";
    }

    private static string Canonical(HttpRequest request, string[] signed)
    {
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?', 2);
        var query = (target.Length > 1 ? target[1] : "").Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => $"{Encode(pair[0])}={(pair.Length > 1 ? Encode(pair[1]) : "")}")
            .Order(StringComparer.Ordinal);
        var headers = signed.Select(name => $"{name}:{string.Join(',', request.Headers[name].ToArray()).Trim()}\n");
        return $"{request.Method}\n{target[0]}\n{string.Join('&', query)}\n{string.Concat(headers)}\n"
            + $"{string.Join(';', signed)}\n{request.Headers["x-amz-content-sha256"]}";
    }

    private static string Encode(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text));

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private string Sign(string[] credential, string text)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (var part in credential.Skip(1))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
    }
}

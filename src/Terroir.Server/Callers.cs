using System.Net;
using Microsoft.AspNetCore.Http.HttpResults;
using Terroir.Access;

namespace Terroir.Server;

/// <summary>Finds who calls: by API key, or, in demo mode and from this machine only, by name.</summary>
internal sealed class Callers(IDirectory directory, ServerMode mode)
{
    public Asker? Find(HttpContext context, string? user)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return directory.FindByKey(header["Bearer ".Length..].Trim());
        }

        var isLocal = context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);
        return mode.IsDemo && isLocal && user is not null ? directory.Find(user) : null;
    }

    public static ProblemHttpResult Refuse() => TypedResults.Problem(
        statusCode: StatusCodes.Status401Unauthorized,
        title: "Present an API key: 'Authorization: Bearer KEY'. In demo mode name a person with 'as'.");
}

/// <summary>How the server was started.</summary>
/// <param name="IsDemo">Whether callers on this machine may name the person who asks.</param>
internal sealed record ServerMode(bool IsDemo);

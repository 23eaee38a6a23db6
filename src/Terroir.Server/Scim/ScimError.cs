using System.Globalization;
using System.Text.Json.Nodes;

namespace Terroir.Server.Scim;

/// <summary>An error in the form of RFC 7644, section 3.12, for everything under <c>/scim</c>.</summary>
internal static class ScimError
{
    /// <summary>The type of all bodies.</summary>
    public const string MediaType = "application/scim+json";

    private const string Schema = "urn:ietf:params:scim:api:messages:2.0:Error";

    /// <summary>Whether a request is one of SCIM.</summary>
    public static bool IsFor(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/scim", StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes a response of an error.</summary>
    /// <param name="status">The status.</param>
    /// <param name="detail">A sentence that says what to do.</param>
    /// <param name="kind">The <c>scimType</c>, or <see langword="null"/>.</param>
    public static IResult Create(int status, string? detail, string? kind = null)
    {
        var body = new JsonObject
        {
            ["schemas"] = new JsonArray(Schema),
            ["status"] = status.ToString(CultureInfo.InvariantCulture),
        };
        if (kind is not null)
        {
            body["scimType"] = kind;
        }

        if (detail is not null)
        {
            body["detail"] = detail;
        }

        return TypedResults.Json(body, contentType: MediaType, statusCode: status);
    }
}

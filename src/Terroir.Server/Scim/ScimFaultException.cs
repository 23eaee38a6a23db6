namespace Terroir.Server.Scim;

/// <summary>A request that SCIM refuses. Only <see cref="Endpoints.ScimEndpoints"/> catches it.</summary>
internal sealed class ScimFaultException(int status, string? kind, string problem) : Exception(problem)
{
    /// <summary>The status of HTTP.</summary>
    public int Status { get; } = status;

    /// <summary>The <c>scimType</c> of RFC 7644, section 3.12; <see langword="null"/> where it has none.</summary>
    public string? Kind { get; } = kind;

    public static ScimFaultException Filter(string problem) => Bad("invalidFilter", problem);

    public static ScimFaultException Path(string problem) => Bad("invalidPath", problem);

    public static ScimFaultException Syntax(string problem) => Bad("invalidSyntax", problem);

    public static ScimFaultException Value(string problem) => Bad("invalidValue", problem);

    public static ScimFaultException NoTarget(string problem) => Bad("noTarget", problem);

    public static ScimFaultException Mutability(string problem) => Bad("mutability", problem);

    public static ScimFaultException Uniqueness(string problem) =>
        new(StatusCodes.Status409Conflict, "uniqueness", problem);

    public static ScimFaultException OfFile(string what) => new(
        StatusCodes.Status403Forbidden,
        "mutability",
        $"directory.yaml of the site defines this {what}: it is changed there, and not over SCIM.");

    public static ScimFaultException NotFound() =>
        new(StatusCodes.Status404NotFound, kind: null, "There is no such resource.");

    public static ScimFaultException Busy() => new(
        StatusCodes.Status503ServiceUnavailable,
        kind: null,
        "Others change accounts at the same moment. Try again.");

    private static ScimFaultException Bad(string kind, string problem) =>
        new(StatusCodes.Status400BadRequest, kind, problem);
}

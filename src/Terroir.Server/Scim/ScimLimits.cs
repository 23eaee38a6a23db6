namespace Terroir.Server.Scim;

/// <summary>The bounds of SCIM that no setting changes; bodies have those of the server.</summary>
internal static class ScimLimits
{
    /// <summary>How deep the JSON of a body may be nested.</summary>
    public const int BodyDepthMax = 16;

    /// <summary>How many resources one page of a list has at most.</summary>
    public const int PageCountMax = 200;

    /// <summary>How many resources one page has when nobody says.</summary>
    public const int PageCountDefault = 100;

    /// <summary>How long a filter or a path may be, in characters.</summary>
    public const int FilterLengthMax = 2_048;

    /// <summary>How deep brackets of a filter may be nested.</summary>
    public const int FilterDepthMax = 16;

    /// <summary>How many operations one patch has at most.</summary>
    public const int OperationCountMax = 1_000;

    /// <summary>How many members a group has at most.</summary>
    public const int MemberCountMax = 10_000;

    /// <summary>How long a name, a title or an external id may be, in characters.</summary>
    public const int TextLengthMax = 256;

    /// <summary>How often a change is tried again when others change accounts at the same moment.</summary>
    public const int AttemptCountMax = 8;
}

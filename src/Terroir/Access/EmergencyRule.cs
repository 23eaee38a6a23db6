namespace Terroir.Access;

/// <summary>Who may open access in an emergency, to what, and for how long: an entry of the setting
/// <c>Terroir:Emergency</c>.</summary>
public sealed class EmergencyRule
{
    /// <summary>The longest time that access is open, in minutes: a day.</summary>
    public const int MinutesMax = 1_440;

    /// <summary>The id of the group that a person belongs to meanwhile; permissions of documents say what it reads.
    /// </summary>
    public string Group { get; set; } = "";

    /// <summary>The id of the group whose members, also through other groups, may open it.</summary>
    public string OpenTo { get; set; } = "";

    /// <summary>How long it stays open, in minutes: 1 to <see cref="MinutesMax"/>. There is no default.</summary>
    public int Minutes { get; set; }
}

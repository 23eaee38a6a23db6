namespace Terroir.Storage;

/// <summary>A time in which somebody belongs to a group because of an emergency.</summary>
/// <param name="Id">What it is called in lists; not secret.</param>
/// <param name="User">The id of who opened it.</param>
/// <param name="Group">The id of the group that they belong to meanwhile.</param>
public sealed record EmergencyOpening(string Id, string User, string Group)
{
    /// <summary>It ends, or ended, when its time is over.</summary>
    public const string ByTime = "time";

    /// <summary>Who opened it ended it.</summary>
    public const string ByPerson = "person";

    /// <summary>An operator ended it on the command line.</summary>
    public const string ByOperator = "operator";

    /// <summary>Their account was barred or removed.</summary>
    public const string ByAccount = "account";

    /// <summary>When it was opened.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ends, or ended; it does not count at that moment any more.</summary>
    public DateTimeOffset EndsAt { get; init; }

    /// <summary>What ends it: one of the four.</summary>
    public string EndedBy { get; init; } = ByTime;

    /// <summary>Whether the ledger has that it ended.</summary>
    public bool IsEndLogged { get; init; }
}

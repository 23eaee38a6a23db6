namespace Terroir.Tests.Access.Histories;

/// <summary>What operators, owners and time have done so far, in the plainest form.</summary>
internal sealed class AccessState
{
    public const int UserCount = 5;
    public const int GroupCount = 5;

    /// <summary>Folder n is in folder (n - 1) / 2; 0 is the source itself.</summary>
    public const int FolderCount = 5;

    /// <summary>Two files in each folder, then documents whose source gives a list of its own.</summary>
    public const int ListedCount = 3;

    public static readonly DateTimeOffset Start = new(2026, 11, 27, 8, 0, 0, TimeSpan.Zero);

    public static int DocumentCount => (FolderCount * 2) + ListedCount;

    /// <summary>The time, in seconds since <see cref="Start"/>.</summary>
    public int Now { get; set; }

    /// <summary>The members of each group of the file; <see langword="null"/> for a group that it does not define.
    /// </summary>
    public Membership[]?[] FileGroups { get; } = new Membership[GroupCount][];

    /// <summary>The members of each group of the store.</summary>
    public Membership[]?[] StoreGroups { get; } = new Membership[GroupCount][];

    /// <summary>Who is defined in the file; the others are in the store.</summary>
    public bool[] IsOfFile { get; } = new bool[UserCount];

    /// <summary>Who may not enter.</summary>
    public bool[] IsDisabled { get; } = new bool[UserCount];

    /// <summary>What each folder's permissions say; <see langword="null"/> for no file.</summary>
    public FolderRule?[] Folders { get; } = new FolderRule[FolderCount];

    /// <summary>The lists of documents whose source gives them.</summary>
    public (Entry[] Allow, Entry[] Deny)[] Lists { get; } =
        [.. Enumerable.Repeat<(Entry[], Entry[])>(([], []), ListedCount)];
}

/// <summary>Somebody in a group.</summary>
/// <param name="Principal">A user or a group.</param>
/// <param name="End">When it ends, in seconds; <see langword="null"/> for never.</param>
internal sealed record Membership(string Principal, int? End);

/// <summary>An entry of a list.</summary>
/// <param name="Principals">All of whom one must be.</param>
/// <param name="End">When it ends, in seconds; <see langword="null"/> for never.</param>
internal sealed record Entry(string[] Principals, int? End);

/// <summary>What a permissions file says.</summary>
/// <param name="IsBroken">It cannot be understood.</param>
/// <param name="Inherits">Whether it adds to what is above.</param>
/// <param name="Allow">Who may read.</param>
/// <param name="Deny">Who may not.</param>
/// <param name="OfFirst">What it says of the folder's first file alone; <see langword="null"/> for nothing.</param>
internal sealed record FolderRule(bool IsBroken, bool Inherits, Entry[] Allow, Entry[] Deny, FolderRule? OfFirst);

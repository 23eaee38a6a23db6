using Terroir.Documents;
using Terroir.Ingestion.Permissions;
using Terroir.Sources;

namespace Terroir.Ingestion;

/// <summary>What a source has, or what has changed in it, as the synchronisation needs it.</summary>
internal sealed record SourceContent
{
    /// <summary>The items that are to be documents, by path.</summary>
    public required IReadOnlyList<ListedItem> Items { get; init; }

    /// <summary>Whether <see cref="Items"/> is all that there is; else what came or changed.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>Paths that are gone, if the listing is not complete.</summary>
    public IReadOnlyList<string> Gone { get; init; } = [];

    /// <summary>Where the next listing may begin, once all of this one is committed.</summary>
    public string? Cursor { get; init; }

    /// <summary>The parts that could not be looked into, by path without <c>/</c> at the end; empty for all.</summary>
    public IReadOnlyDictionary<string, UnreadFolder> Unread { get; init; } =
        new Dictionary<string, UnreadFolder>(StringComparer.Ordinal);

    /// <summary>What is left out by rule.</summary>
    public IgnoredFiles Ignored { get; init; } = IgnoredFiles.None;

    /// <summary>What a person should mend, as the source says.</summary>
    public IReadOnlyList<SourceProblem> Problems { get; init; } = [];

    /// <summary>Permissions that could not be understood, by path.</summary>
    public IReadOnlyList<PermissionFault> Faults { get; init; } = [];

    /// <summary>The principals that permission files name.</summary>
    public IReadOnlyList<PermissionMention> Mentions { get; init; } = [];

    /// <summary>Finds the part that could not be looked into and that a path is in.</summary>
    public UnreadFolder? FindUnread(string path)
    {
        for (var end = path.LastIndexOf('/'); Unread.Count > 0 && end > 0; end = path.LastIndexOf('/', end - 1))
        {
            if (Unread.TryGetValue(path[..end], out var folder))
            {
                return folder;
            }
        }

        return Unread.GetValueOrDefault("");
    }
}

/// <summary>A part of a source that could not be looked into.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Narrow">Narrows what was known of an item in it to what is still known: never wider.</param>
/// <param name="Reason">Why.</param>
/// <param name="Advice">What to do.</param>
internal sealed record UnreadFolder(
    string Path,
    Func<AccessList, AccessList> Narrow,
    UnreadableReason Reason,
    Remark Advice);

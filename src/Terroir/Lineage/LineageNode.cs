namespace Terroir.Lineage;

/// <summary>A thing in the history of a document or of an answer, and what belongs to it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id, which names one thing of its kind in this site.</param>
/// <param name="Relation">What it is to the node above it.</param>
public sealed record LineageNode(LineageKind Kind, string Id, LineageRelation Relation)
{
    /// <summary>What is known of it, in the order in which it is shown.</summary>
    public IReadOnlyList<LineageFact> Facts { get; init; } = [];

    /// <summary>What it came from and what came from it.</summary>
    public IReadOnlyList<LineageNode> Children { get; init; } = [];

    /// <summary>How many more children there are than are listed; they are the oldest.</summary>
    public int OmittedCount { get; init; }
}

/// <summary>Something known of a node.</summary>
/// <param name="Name">What it tells, in camel case, such as <c>ingestedAt</c>.</param>
/// <param name="Value">The value, in the invariant culture; times as <c>2026-11-26T08:30:00Z</c>.</param>
public sealed record LineageFact(string Name, string Value);

/// <summary>What a node is.</summary>
public enum LineageKind
{
    /// <summary>A source that brought documents; the id is its name.</summary>
    Source,

    /// <summary>A document; the id is its own.</summary>
    Document,

    /// <summary>A version of a document; the id is the hash of the original bytes.</summary>
    Version,

    /// <summary>The canonical text of a version; the id is its hash.</summary>
    Text,

    /// <summary>A segment of an index; the id is its hash.</summary>
    Segment,

    /// <summary>A generation of a collection; the id is the hash of its sealed manifest.</summary>
    Generation,

    /// <summary>An answer; the id is that of its receipt.</summary>
    Answer,

    /// <summary>A passage that an answer cites; the id is the receipt's and its number.</summary>
    Passage,

    /// <summary>What composed an answer: a model, or the program itself for extracts.</summary>
    Model,

    /// <summary>What decided on an answer; the id is the hash of the policies.</summary>
    Decision,

    /// <summary>The entry of the ledger; the id is its place, from 0.</summary>
    Entry,

    /// <summary>A signed checkpoint of the ledger; the id is how many entries it counts.</summary>
    Checkpoint,

    /// <summary>A person; the id is the pseudonym in receipts.</summary>
    Person,
}

/// <summary>What a node is to the one above it.</summary>
public enum LineageRelation
{
    /// <summary>It is what was asked for.</summary>
    Subject,

    /// <summary>The upper one came from it.</summary>
    Origin,

    /// <summary>It came from the upper one.</summary>
    Outcome,

    /// <summary>It is a state of the upper one.</summary>
    State,

    /// <summary>The upper one is a member of it.</summary>
    Holder,

    /// <summary>It made the upper one.</summary>
    Maker,

    /// <summary>It shows or governs the upper one.</summary>
    Evidence,
}

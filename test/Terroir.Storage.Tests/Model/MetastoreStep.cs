using CsCheck;

namespace Terroir.Storage.Tests.Model;

/// <summary>A step of a random life of a metastore. Numbers choose among few names, so that steps meet.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Collection">0 or 1.</param>
/// <param name="Writer">0 or 1.</param>
/// <param name="First">An object.</param>
/// <param name="Second">Another object.</param>
/// <param name="Bits">Choices: documents, whether to stage, whether to merge.</param>
internal sealed record MetastoreStep(
    StepKind Kind,
    int Collection,
    int Writer,
    int First,
    int Second,
    int Bits)
{
    /// <summary>How many objects there are.</summary>
    public const int ObjectCount = 5;

    /// <summary>How many documents there are.</summary>
    public const int DocumentCount = 3;

    /// <summary>Lives of up to 30 steps; publishing is the most frequent one, mostly by one writer.</summary>
    public static Gen<MetastoreStep[]> Life { get; } = Gen.Select(
        Gen.Frequency(
            (5, Gen.Const(StepKind.Publish)),
            (2, Gen.Const(StepKind.Mark)),
            (7, Gen.Enum<StepKind>())),
        Gen.Frequency((3, Gen.Const(0)), (1, Gen.Const(1))),
        Gen.Frequency((9, Gen.Const(0)), (1, Gen.Const(1))),
        Gen.Int[0, ObjectCount - 1],
        Gen.Int[0, ObjectCount - 1],
        Gen.Int[0, 255],
        (kind, collection, writer, first, second, bits) =>
            new MetastoreStep(kind, collection, writer, first, second, bits)).Array[1, 30];

    public bool Has(int bit) => (Bits & (1 << bit)) != 0;
}

/// <summary>What a step does.</summary>
internal enum StepKind
{
    /// <summary>A writer takes the collection's lease, if it can.</summary>
    Acquire,

    /// <summary>A writer gives its lease back.</summary>
    Release,

    /// <summary>Objects are announced.</summary>
    Stage,

    /// <summary>What was announced is taken back.</summary>
    Unstage,

    /// <summary>A generation is published, right or wrong.</summary>
    Publish,

    /// <summary>The head is pinned.</summary>
    Pin,

    /// <summary>The last pin is taken back.</summary>
    Unpin,

    /// <summary>Garbage is marked.</summary>
    Mark,

    /// <summary>What was marked is forgotten.</summary>
    Confirm,

    /// <summary>The first collection is put back under a third name.</summary>
    Restore,

    /// <summary>Time passes.</summary>
    Wait,
}

using Terroir.Documents;

namespace Terroir.Ingestion.Turns;

/// <summary>Gives the files of all synchronisations, and those that somebody waits for, their turns with the reader
/// and, apart from these, with the recogniser: scans never keep a file waiting that is only read.</summary>
/// <remarks>Safe to call from several threads at once.</remarks>
/// <param name="reader">What reads.</param>
/// <param name="limit">How many files it may read at once.</param>
/// <param name="recognizer">What recognises scans; without it they stay as they were read.</param>
/// <param name="recognizingLimit">How many files may be recognised at once.</param>
internal sealed class ReadingTurns(
    IDocumentReader reader,
    AdaptiveLimit limit,
    IDocumentRecognizer? recognizer,
    AdaptiveLimit recognizingLimit)
{
    private readonly IDocumentReader _reader = reader;
    private readonly IDocumentRecognizer? _recognizer = recognizer;
    private readonly TurnOrder _reading = new(limit);
    private readonly TurnOrder _recognizing = new(recognizingLimit);

    /// <summary>How the files of each collection are read.</summary>
    public ReadingRules Rules { get; init; } = ReadingRules.None;

    /// <summary>The readers for the files of a collection.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="priority">How urgent they are.</param>
    public InTurn For(CollectionId collection, ReadingPriority priority) => new(this, collection, priority);

    /// <summary>The reader and the recogniser of one collection and priority.</summary>
    internal sealed class InTurn(ReadingTurns turns, CollectionId collection, ReadingPriority priority)
        : IDocumentReader, IDocumentRecognizer
    {
        public ValueTask<ReadOutcome> ReadAsync(
            ReadOnlyMemory<byte> content,
            string fileName,
            ReadLimits limits,
            CancellationToken cancellationToken) =>
            turns._reading.RunAsync(
                collection,
                priority,
                () => turns._reader.ReadAsync(
                    content,
                    fileName,
                    turns.Rules.Apply(collection, limits),
                    cancellationToken),
                cancellationToken);

        public bool IsNeeded(ReadOutcome outcome) => turns._recognizer?.IsNeeded(outcome) is true;

        public ValueTask<ReadOutcome> RecognizeAsync(
            ReadOnlyMemory<byte> content,
            string fileName,
            ReadOutcome outcome,
            ReadLimits limits,
            CancellationToken cancellationToken) =>
            turns._recognizing.RunAsync(
                collection,
                priority,
                () => turns._recognizer!.RecognizeAsync(content, fileName, outcome, limits, cancellationToken),
                cancellationToken);
    }
}

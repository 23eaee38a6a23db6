namespace Terroir.Readers.Office;

/// <summary>What holds within a group of a Rich Text file.</summary>
internal sealed record RtfState
{
    public RtfTarget Target { get; init; }

    /// <summary>The word that opened an item of the information group.</summary>
    public string Item { get; init; } = "";

    /// <summary>How many characters stand for one that old readers do not know.</summary>
    public int SkipCount { get; init; } = 1;

    public int Font { get; init; }

    public bool IsHidden { get; init; }

    /// <summary>Where a field's result begins in the paragraph; -1 outside one.</summary>
    public int FieldStart { get; init; } = -1;
}

/// <summary>How a paragraph looks.</summary>
internal sealed record RtfParagraph
{
    public int Style { get; init; }

    public int Outline { get; init; } = -1;

    public int List { get; init; }

    public int Level { get; init; }

    public bool IsInTable { get; init; }
}

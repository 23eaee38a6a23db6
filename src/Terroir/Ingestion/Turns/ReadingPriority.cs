namespace Terroir.Ingestion;

/// <summary>How urgent a reading is.</summary>
public enum ReadingPriority
{
    /// <summary>A synchronisation: it takes what others leave.</summary>
    Background,

    /// <summary>Somebody waits for this file: it is read next.</summary>
    Interactive,
}

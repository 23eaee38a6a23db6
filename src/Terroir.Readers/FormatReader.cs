using Terroir.Documents;

namespace Terroir.Readers;

/// <summary>Reads one format. It may raise anything on a broken file; the caller turns that into a reason.</summary>
internal abstract class FormatReader
{
    public abstract string Name { get; }

    public abstract ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken);
}

/// <summary>A reader's own verdict on a file.</summary>
internal sealed class UnreadableException(UnreadableReason reason, string advice) : Exception(advice)
{
    public UnreadableReason Reason { get; } = reason;
}

using System.Runtime.InteropServices;

namespace Terroir.Retrieval.Segments;

/// <summary>Reads the passages of the documents of one block, one document after the other.</summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct PassageReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    /// <summary>Whether the last passage of the document has been read, or no document was begun.</summary>
    public bool IsAtEnd { get; private set; } = true;

    /// <summary>The passage's place in its document, from 0.</summary>
    public int Ordinal { get; private set; }

    /// <summary>How often the term stands in its text.</summary>
    public int Count { get; private set; }

    /// <summary>How often the term stands in its title and headings.</summary>
    public int ContextCount { get; private set; }

    public void BeginDocument()
    {
        IsAtEnd = false;
        Ordinal = -1;
    }

    /// <summary>Reads the next passage of the document.</summary>
    public void MoveNext()
    {
        var step = NumberCoding.Read(_bytes, ref _at);
        var ordinal = Ordinal + 1L + (step >> SegmentFormat.MarkBits);
        var count = (step & SegmentFormat.HasCount) != 0 ? NumberCoding.Read(_bytes, ref _at) : 1;
        var context = (step & SegmentFormat.HasContext) != 0 ? NumberCoding.Read(_bytes, ref _at) : 0;
        if (ordinal > int.MaxValue || count > int.MaxValue || context > int.MaxValue)
        {
            throw SegmentReader.Corrupt();
        }

        (Ordinal, Count, ContextCount) = ((int)ordinal, (int)count, (int)context);
        IsAtEnd = (step & SegmentFormat.IsLast) != 0;
    }

    /// <summary>Passes over a document.</summary>
    public void Skip()
    {
        BeginDocument();
        while (!IsAtEnd)
        {
            MoveNext();
        }
    }

    /// <summary>Refuses bytes behind the last document.</summary>
    public readonly void ThrowIfLeft()
    {
        if (_at != _bytes.Length)
        {
            throw SegmentReader.Corrupt();
        }
    }
}

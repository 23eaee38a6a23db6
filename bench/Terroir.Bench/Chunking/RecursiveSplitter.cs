namespace Terroir.Bench.Chunking;

/// <summary>The recursive splitter of LangChain as Chroma's evaluation runs it: the first separator that occurs cuts,
/// pieces that are still too long are cut by the next, and neighbours are joined up to the size. No overlap.</summary>
/// <remarks><c>RecursiveTokenChunker</c> of brandonstarxel/chunking_evaluation, written anew.</remarks>
/// <param name="size">The greatest size of a chunk.</param>
/// <param name="measure">The size of a piece of text.</param>
internal sealed class RecursiveSplitter(int size, Func<string, int> measure)
{
    private static readonly string[] Separators = ["\n\n", "\n", ".", "?", "!", " ", ""];

    /// <summary>Cuts a text.</summary>
    /// <returns>The chunks in order, white space around them left out.</returns>
    public IReadOnlyList<CharacterRange> Split(string text)
    {
        var chunks = new List<CharacterRange>();
        Split(text, new CharacterRange(0, text.Length), 0, chunks);
        return chunks;
    }

    private void Split(string text, CharacterRange range, int first, List<CharacterRange> chunks)
    {
        var part = text[range.Start..range.End];
        var number = Array.FindIndex(Separators, first, item => part.Contains(item, StringComparison.Ordinal));
        var separator = number < 0 ? "" : Separators[number];
        var small = new List<(CharacterRange Range, int Size)>();
        foreach (var piece in Cut(part, separator, range.Start))
        {
            var length = measure(text[piece.Start..piece.End]);
            if (length < size)
            {
                small.Add((piece, length));
                continue;
            }

            Join(text, small, chunks);
            small.Clear();
            if (separator.Length == 0)
            {
                Add(text, piece, chunks);
            }
            else
            {
                Split(text, piece, number + 1, chunks);
            }
        }

        Join(text, small, chunks);
    }

    // The separator stays at the beginning of the piece after it.
    private static IEnumerable<CharacterRange> Cut(string part, string separator, int offset)
    {
        var start = 0;
        while (start < part.Length)
        {
            var from = start + Math.Max(1, separator.Length);
            var next = separator.Length == 0 ? from
                : from > part.Length ? -1
                : part.IndexOf(separator, start == 0 ? 1 : from, StringComparison.Ordinal);
            var end = next < 0 ? part.Length : Math.Min(next, part.Length);
            yield return new CharacterRange(offset + start, offset + end);
            start = end;
        }
    }

    private void Join(string text, List<(CharacterRange Range, int Size)> pieces, List<CharacterRange> chunks)
    {
        var (start, end, total) = (-1, -1, 0);
        foreach (var (range, length) in pieces)
        {
            if (start >= 0 && total + length > size)
            {
                Add(text, new CharacterRange(start, end), chunks);
                (start, total) = (-1, 0);
            }

            start = start < 0 ? range.Start : start;
            (end, total) = (range.End, total + length);
        }

        if (start >= 0)
        {
            Add(text, new CharacterRange(start, end), chunks);
        }
    }

    private static void Add(string text, CharacterRange range, List<CharacterRange> chunks)
    {
        var (start, end) = (range.Start, range.End);
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        if (start < end)
        {
            chunks.Add(new CharacterRange(start, end));
        }
    }
}

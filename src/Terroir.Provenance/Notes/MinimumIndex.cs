namespace Terroir.Provenance.Notes;

/// <summary>The least index of an entry that a log publishes (C2SP tlog-tiles, pruning), as the log signs it.</summary>
/// <remarks>The specification says what a minimum index means, and nothing of how it is told. The text of the note has
/// two lines, so that it can never be taken for a checkpoint, which has three.</remarks>
/// <param name="Origin">The log's name.</param>
/// <param name="Index">The index; 0 for a log that was never pruned.</param>
public sealed record MinimumIndex(string Origin, long Index)
{
    /// <summary>The name of the file with the signed note, beside <c>checkpoint</c>.</summary>
    public const string FileName = "minimum-index";

    private const string Kind = "minimum index";
    private const string Prefix = "minimum index of ";

    /// <summary>Reads the text of a note.</summary>
    /// <param name="text">The text with its last line feed, without signatures.</param>
    /// <exception cref="ProofFormatException">It is none.</exception>
    public static MinimumIndex Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = text.Split('\n', 4);
        return lines is [_, _, ""]
            && lines[0].StartsWith(Prefix, StringComparison.Ordinal)
            && NoteText.TryParseNumber(lines[1], out var index)
            ? new MinimumIndex(lines[0][Prefix.Length..], index)
            : throw new ProofFormatException(Kind, "it has not the two lines of one");
    }

    /// <summary>Opens a signed note.</summary>
    /// <param name="bytes">Its bytes, or anything else.</param>
    /// <param name="log">The key of the log.</param>
    /// <returns>The minimum index; <see langword="null"/> if the log did not sign one.</returns>
    public static MinimumIndex? TryOpen(ReadOnlySpan<byte> bytes, VerifierKey log)
    {
        ArgumentNullException.ThrowIfNull(log);
        try
        {
            var note = SignedNote.Parse(bytes);
            var minimum = Parse(note.Text);
            return note.Verify([log]) is { Count: > 0 }
                && string.Equals(minimum.Origin, log.Name, StringComparison.Ordinal)
                ? minimum
                : null;
        }
        catch (ProofFormatException)
        {
            return null;
        }
    }

    /// <summary>Returns the text of the note.</summary>
    public string ToText() => $"{Prefix}{Origin}\n{NoteText.Number(Index)}\n";
}

using Terroir.Provenance.Merkle;

namespace Terroir.Provenance.Notes;

/// <summary>What a log says of itself: origin, count of leaves, and their root (C2SP tlog-checkpoint).</summary>
/// <param name="Origin">The log's name: not empty, one line, at most 255 bytes.</param>
/// <param name="Size">How many leaves; 0 or more.</param>
/// <param name="Root">The root of the tree.</param>
/// <param name="Extensions">Lines that follow. We write none: nobody can audit them.</param>
public sealed record Checkpoint(string Origin, long Size, MerkleHash Root, IReadOnlyList<string> Extensions)
{
    /// <summary>The greatest length of an origin and of a key's name in bytes: a cosignature counts it in one byte.
    /// </summary>
    public const int OriginLengthMax = 255;

    /// <summary>How many lines may follow the root.</summary>
    public const int ExtensionsMax = 16;

    private const string Kind = "checkpoint";

    /// <summary>Describes a log without extensions.</summary>
    /// <param name="origin">The log's name.</param>
    /// <param name="size">How many leaves.</param>
    /// <param name="root">The root.</param>
    public Checkpoint(string origin, long size, MerkleHash root)
        : this(origin, size, root, [])
    {
    }

    /// <summary>Reads the text of a note.</summary>
    /// <param name="text">The text with its last line feed, without signatures.</param>
    /// <exception cref="ProofFormatException">It is no checkpoint.</exception>
    public static Checkpoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = text.Split('\n', ExtensionsMax + 5);
        if (lines.Length < 4 || lines.Length > ExtensionsMax + 4 || lines[^1].Length > 0)
        {
            throw new ProofFormatException(Kind, $"it has fewer than 3 or more than {ExtensionsMax + 3} lines");
        }

        if (lines[..^1].Any(line => line.Length == 0) || NoteText.Utf8.GetByteCount(lines[0]) > OriginLengthMax)
        {
            throw new ProofFormatException(Kind, $"a line is empty, or its first has over {OriginLengthMax} bytes");
        }

        if (!NoteText.TryParseNumber(lines[1], out var size))
        {
            throw new ProofFormatException(Kind, "its second line is no size in decimal digits");
        }

        return MerkleHash.TryParse(lines[2], out var root)
            ? new Checkpoint(lines[0], size, root, lines[3..^1])
            : throw new ProofFormatException(Kind, "its third line is no hash in base64");
    }

    /// <summary>Returns the text of the note.</summary>
    public string ToText() => string.Join('\n', [Origin, NoteText.Number(Size), Root.ToString(), .. Extensions, ""]);
}

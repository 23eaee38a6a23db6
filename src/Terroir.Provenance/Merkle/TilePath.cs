using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Terroir.Provenance.Merkle;

/// <summary>The name of a tile or a bundle of entries: <c>tile/LEVEL/INDEX[.p/WIDTH]</c> (C2SP tlog-tiles).</summary>
/// <param name="Level">The level of a tile, 0 to 7; <see langword="null"/> for a bundle of entries, which has the range
/// of a tile of level 0. A level above 7 could not hold a hash: a tree has fewer than 2^63 leaves.</param>
/// <param name="Index">The place in the level, from 0.</param>
/// <param name="Width">How many hashes or entries it holds, 1 to 256; less than 256 is a partial one.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TilePath(int? Level, long Index, int Width)
{
    /// <summary>How many hashes or entries a full one holds.</summary>
    public const int FullWidth = 256;

    /// <summary>The height of a tile: it stands for this many levels of the tree.</summary>
    public const int Height = 8;

    /// <summary>The greatest level that a tree of fewer than 2^63 leaves needs.</summary>
    public const int LevelMax = 7;

    private const string Root = "tile/";
    private const string Entries = "entries";
    private const string Partial = ".p/";

    // Longer than the longest name, "tile/entries/x009/.../.p/255".
    private const int LengthMax = 64;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Whether it is partial.</summary>
    public bool IsPartial => Width < FullWidth;

    /// <summary>After the last leaf that a full one spans.</summary>
    public UInt128 EndIndex => (UInt128)((ulong)Index + 1) << Shift;

    private int Shift => Height * ((Level ?? 0) + 1);

    /// <summary>Whether all that it spans is in a tree of some size.</summary>
    /// <param name="size">How many leaves the tree has.</param>
    public bool IsWithin(long size) =>
        (((UInt128)(ulong)Index * FullWidth) + (uint)Width) << (Height * (Level ?? 0)) <= (UInt128)(ulong)size;

    /// <summary>Whether a log with a minimum index still has to serve it. Partial ones count as the full ones that hold
    /// them.</summary>
    /// <param name="minimumIndex">The least index of an entry that the log publishes.</param>
    public bool IsKept(long minimumIndex) => EndIndex > (UInt128)(ulong)minimumIndex;

    /// <summary>Reads a name; only the one way in which each is written.</summary>
    /// <param name="text">The name, or anything else.</param>
    /// <param name="path">The tile.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, out TilePath path)
    {
        path = default;
        if (text is null || text.Length > LengthMax || !text.StartsWith(Root, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = text[Root.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return false;
        }

        int? level = null;
        if (!string.Equals(rest[..slash], Entries, StringComparison.Ordinal))
        {
            level = rest[..slash] is [>= '0' and <= '7'] digit ? digit[0] - '0' : LevelMax + 1;
        }

        rest = rest[(slash + 1)..];
        var partial = rest.IndexOf(Partial, StringComparison.Ordinal);
        var width = FullWidth;
        if (partial >= 0
            && !(int.TryParse(rest.AsSpan(partial + Partial.Length), NumberStyles.None, Invariant, out width)
                && DecimalText.IsDigits(rest.AsSpan(partial + Partial.Length))))
        {
            return false;
        }

        if (level > LevelMax
            || width is < 1 or > FullWidth
            || !TryParseIndex(partial < 0 ? rest : rest[..partial], out var index))
        {
            return false;
        }

        // Leading zeroes, a width of 256 that is said and the like are other spellings, and refused.
        path = new TilePath(level, index, width);
        return string.Equals(path.ToString(), text, StringComparison.Ordinal);
    }

    /// <summary>Returns the name.</summary>
    public override string ToString()
    {
        var level = Level?.ToString(Invariant) ?? Entries;
        var index = (Index % 1000).ToString("000", Invariant);
        for (var rest = Index / 1000; rest > 0; rest /= 1000)
        {
            index = $"x{(rest % 1000).ToString("000", Invariant)}/{index}";
        }

        var suffix = IsPartial ? Partial + Width.ToString(Invariant) : "";
        return $"{Root}{level}/{index}{suffix}";
    }

    private static bool TryParseIndex(string text, out long index)
    {
        index = 0;
        var elements = text.Split('/');
        for (var i = 0; i < elements.Length; i++)
        {
            var digits = i < elements.Length - 1 && elements[i].StartsWith('x') ? elements[i][1..] : elements[i];
            if (digits.Length != 3
                || !DecimalText.IsDigits(digits)
                || !int.TryParse(digits, NumberStyles.None, Invariant, out var number)
                || index > (long.MaxValue >> Height) / 1000)
            {
                return false;
            }

            index = (index * 1000) + number;
        }

        return true;
    }
}

namespace Terroir.Readers.Recognition;

/// <summary>A picture in memory that leptonica holds.</summary>
internal sealed unsafe class Picture : IDisposable
{
    private const int PortableMap = 11;
    private const int AreaMap = 1;
    private const int White = 1;

    // Sauvola's window and factor: as wide as two letters, and a factor that keeps faint strokes.
    private const int WindowHalf = 20;
    private const float Factor = 0.35f;

    // The sums over windows take 20 bytes a dot, so that they are made for a strip of so many dots at a time.
    private const int StripDotCount = 1 << 20;

    private nint _handle;

    private Picture(nint handle) =>
        _handle = handle == 0 ? throw new InvalidDataException("A picture cannot be opened.") : handle;

    public int Width => Leptonica.Width(_handle);

    public int Height => Leptonica.Height(_handle);

    /// <summary>Dots per inch as the file states them; 0 if it does not.</summary>
    public int Resolution => Leptonica.Resolution(_handle);

    /// <summary>Opens one picture of a file as shades of grey on white.</summary>
    /// <param name="content">The file.</param>
    /// <param name="tiffPage">Which picture of a TIFF file, from 0; <see langword="null"/> for other formats.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static Picture Open(ReadOnlySpan<byte> content, int? tiffPage)
    {
        fixed (byte* data = content)
        {
            var size = (nuint)content.Length;
            using var colour = new Picture(
                tiffPage is { } page ? Leptonica.ReadTiff(data, size, page) : Leptonica.Read(data, size));
            using var opaque = new Picture(Leptonica.RemoveAlpha(colour._handle));
            return new Picture(Leptonica.ToGray(opaque._handle, 0));
        }
    }

    /// <summary>A copy of another size.</summary>
    public Picture Scaled(double factor) => new(Leptonica.Scale(_handle, (float)factor, (float)factor));

    /// <summary>A copy that is turned clockwise by quarters.</summary>
    public Picture Turned(int quarters) => new(Leptonica.RotateQuarters(_handle, quarters));

    /// <summary>A copy of the same size that is turned clockwise by a small angle, with white corners.</summary>
    public Picture Turned(double degrees) =>
        new(Leptonica.Rotate(_handle, (float)(degrees * Math.PI / 180), AreaMap, White, 0, 0));

    /// <summary>A copy in black and white, by a threshold of its own for each place (Sauvola 2000).</summary>
    public Picture Bitonal()
    {
        var strips = (int)Math.Max(1, (long)Width * Height / StripDotCount);
        _ = Leptonica.Binarize(_handle, WindowHalf, Factor, 1, strips, null, out var bitonal);
        return new Picture(bitonal);
    }

    /// <summary>How far the lines of text of a bitonal picture are aslant: by how many degrees it must be turned
    /// clockwise, and how sure that is (above 3 one can rely on it).</summary>
    public (double Degrees, double Certainty) FindSkew(double range)
    {
        var isFailed = Leptonica.FindSkew(_handle, out var degrees, out var certainty, 4, 2, (float)range, 0.5f, 0.01f);
        return isFailed != 0 ? (0, 0) : (degrees, certainty);
    }

    /// <summary>The boxes of what is left of a bitonal picture where only strokes of a width and height stay.</summary>
    /// <param name="width">The least width, in dots.</param>
    /// <param name="height">The least height, in dots.</param>
    /// <param name="countMax">No more boxes than this.</param>
    public IReadOnlyList<(int X, int Y, int Width, int Height)> Strokes(int width, int height, int countMax)
    {
        using var opened = new Picture(Leptonica.Open(0, _handle, width, height));
        var boxes = Leptonica.Components(opened._handle, 8);
        if (boxes == 0)
        {
            return [];
        }

        try
        {
            var found = new List<(int, int, int, int)>();
            for (var index = 0; index < Math.Min(countMax, Leptonica.Count(boxes)); index++)
            {
                if (Leptonica.Box(boxes, index, out var x, out var y, out var w, out var h) == 0)
                {
                    found.Add((x, y, w, h));
                }
            }

            return found;
        }
        finally
        {
            Leptonica.DestroyBoxes(ref boxes);
        }
    }

    /// <summary>The bytes of a portable map (PGM or PBM).</summary>
    public byte[] ToBytes()
    {
        if (Leptonica.Write(out var data, out var size, _handle, PortableMap) != 0)
        {
            throw new InvalidDataException("A picture cannot be written.");
        }

        try
        {
            return new ReadOnlySpan<byte>(data, checked((int)size)).ToArray();
        }
        finally
        {
            Leptonica.Free(data);
        }
    }

    public void Dispose()
    {
        if (_handle != 0)
        {
            Leptonica.Destroy(ref _handle);
        }
    }
}

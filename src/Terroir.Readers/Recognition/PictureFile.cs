namespace Terroir.Readers.Recognition;

/// <summary>What the header of a picture file says, before anything of it is unpacked.</summary>
/// <param name="Width">In dots.</param>
/// <param name="Height">In dots.</param>
/// <param name="TiffPage">Which picture of a TIFF file it is, from 0; <see langword="null"/> for other formats.</param>
internal sealed record PictureFile(int Width, int Height, int? TiffPage)
{
    // IFF_TIFF to IFF_TIFF_ZIP, and IFF_TIFF_JPEG, of imageio.h.
    private const int FirstTiff = 4;
    private const int LastTiff = 10;
    private const int JpegTiff = 17;

    /// <summary>The dots that it unpacks to.</summary>
    public long DotCount => (long)Width * Height;

    /// <summary>Reads the headers of a file, one a picture; none if it is no picture or damaged.</summary>
    public static unsafe IReadOnlyList<PictureFile> ReadHeaders(ReadOnlySpan<byte> content, int countMax)
    {
        fixed (byte* data = content)
        {
            var size = (nuint)content.Length;
            if (Leptonica.ReadHeader(data, size, out var format, out var width, out var height, out _, out _,
                out _) != 0)
            {
                return [];
            }

            if (format is not (>= FirstTiff and <= LastTiff or JpegTiff))
            {
                return [new PictureFile(width, height, TiffPage: null)];
            }

            var pages = new List<PictureFile>();
            while (pages.Count < countMax && Leptonica.ReadTiffHeader(
                data, size, pages.Count, out width, out height, out _, out _, out _, out _, out _) == 0)
            {
                pages.Add(new PictureFile(width, height, pages.Count));
            }

            return pages;
        }
    }
}

using System.Text;

namespace Terroir.Readers.Office;

/// <summary>The character sets of fonts.</summary>
internal sealed class RtfFonts
{
    private readonly Dictionary<int, int> _pages = [];
    private readonly Dictionary<int, Encoding> _encodings = [];

    static RtfFonts() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public int DefaultPage { get; set; } = 1252;

    public void Set(int font, int charset)
    {
        var page = charset switch
        {
            77 => 10000,
            128 => 932,
            129 => 949,
            134 => 936,
            136 => 950,
            161 => 1253,
            162 => 1254,
            177 => 1255,
            178 => 1256,
            186 => 1257,
            204 => 1251,
            222 => 874,
            238 => 1250,
            _ => 0,
        };
        if (page > 0)
        {
            _pages[font] = page;
        }
    }

    public Encoding EncodingOf(int font)
    {
        var page = _pages.GetValueOrDefault(font, DefaultPage);
        if (!_encodings.TryGetValue(page, out var encoding))
        {
            try
            {
                encoding = Encoding.GetEncoding(page);
            }
            catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
            {
                encoding = Encoding.GetEncoding(1252);
            }

            _encodings[page] = encoding;
        }

        return encoding;
    }
}

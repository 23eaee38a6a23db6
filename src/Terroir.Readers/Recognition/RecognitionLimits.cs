namespace Terroir.Readers.Recognition;

/// <summary>The bounds of character recognition.</summary>
internal static class RecognitionLimits
{
    /// <summary>Pages of one file beyond are not recognised; the document says so.</summary>
    public const int PageCountMax = 500;

    /// <summary>A picture of more dots is not unpacked (A3 at 400 dots an inch has 31 million).</summary>
    public const long DotCountMax = 64L << 20;

    /// <summary>A page is drawn with no more dots (A3 at 300 dots an inch has 17 million).</summary>
    public const long DrawnDotCountMax = 24L << 20;

    /// <summary>How fine a page is drawn, in dots an inch, unless it would have more dots than
    /// <see cref="DrawnDotCountMax"/>.</summary>
    public const int Resolution = 300;

    /// <summary>The most that a program may answer for one page.</summary>
    public const int AnswerMaxBytes = 32 << 20;

    /// <summary>The words of a page beyond are left out.</summary>
    public const int WordCountMax = 20_000;

    /// <summary>The languages of one site.</summary>
    public const int LanguageCountMax = 8;

    /// <summary>How long one page may take on a machine that has other things to do; its processor time is bounded by
    /// the limits of the file.</summary>
    public static readonly TimeSpan PageDuration = TimeSpan.FromMinutes(15);
}

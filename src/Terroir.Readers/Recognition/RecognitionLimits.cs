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

    /// <summary>After so many pages on which a program hangs the rest of the file is left out.</summary>
    public const int HangCountMax = 3;

    /// <summary>How long one page may take on a machine that has other things to do, as a multiple of the time that a
    /// file may take: 10 minutes by default. The processor time of a program is bounded by twice that time, and a
    /// program that uses none for as long as a file may take is given up.</summary>
    public const int PageDurationFactor = 30;

    /// <summary>How much longer than the process that recognises its host waits, as the same multiple.</summary>
    public const int HostDurationFactor = PageDurationFactor + 2;

    /// <summary>How long a program that only says its version may do nothing.</summary>
    public static readonly TimeSpan LookingDuration = TimeSpan.FromSeconds(20);
}

using System.Text.RegularExpressions;

namespace Terroir.Readers.Recognition;

/// <summary>Settings of character recognition. Section <c>Terroir:Recognition</c>.</summary>
public sealed partial class RecognitionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Terroir:Recognition";

    /// <summary>Whether pictures and scanned pages are read; the default is yes, where the programs are installed.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The languages of the documents, as Tesseract names them, with <c>+</c> between them; the first is the
    /// main one. The default is <c>fra+eng</c>.</summary>
    public string Language { get; set; } = "fra+eng";

    /// <summary>The languages one by one.</summary>
    public IReadOnlyList<string> Languages => Language.Split('+', StringSplitOptions.TrimEntries);

    /// <summary>Says what is wrong with <see cref="Language"/>.</summary>
    /// <returns>A sentence, or <see langword="null"/> if it can be used.</returns>
    public string? FindFault() =>
        Languages.Count <= RecognitionLimits.LanguageCountMax && Languages.All(name => Name().IsMatch(name))
            ? null
            : $"{Section}:{nameof(Language)} is '{Language}'. Write languages as Tesseract names them, "
                + "such as fra+eng; "
                + "'tesseract --list-langs' lists those that are installed.";

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{1,30}$", RegexOptions.None, 1_000)]
    private static partial Regex Name();
}

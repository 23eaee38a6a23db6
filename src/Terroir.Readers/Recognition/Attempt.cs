namespace Terroir.Readers.Recognition;

/// <summary>One way to read a page: Tesseract's settings for it.</summary>
/// <param name="Languages">The languages, such as <c>fra+eng</c>.</param>
/// <param name="Threshold">How black is told from white.</param>
internal sealed record Attempt(string Languages, IReadOnlyList<string> Threshold)
{
    // Sauvola's threshold for each place: a dark edge of the scan does not decide about the page.
    private static readonly string[] Local = ["thresholding_method=2"];

    // With a lower factor faint strokes stay, and so do specks.
    private static readonly string[] Faint = ["thresholding_method=2", "thresholding_kfactor=0.12"];

    // Otsu's threshold for the whole page.
    private static readonly string[] Global = [];

    /// <summary>The ways in the order in which they are tried: the next one only if the ones before leave doubt.
    /// </summary>
    public static IReadOnlyList<Attempt> Of(string languages) =>
        [new(languages, Local), new(languages, Faint), new(languages, Global)];
}

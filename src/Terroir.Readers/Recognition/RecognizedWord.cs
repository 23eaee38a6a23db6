namespace Terroir.Readers.Recognition;

/// <summary>A word that was recognised, in dots of the picture from its upper left corner.</summary>
/// <param name="Text">The letters.</param>
/// <param name="Left">The left edge.</param>
/// <param name="Top">The upper edge.</param>
/// <param name="Right">The right edge.</param>
/// <param name="Bottom">The lower edge.</param>
/// <param name="Baseline">The line that it stands on, in dots from the top.</param>
/// <param name="Size">The height of its line with ascenders and descenders, in dots.</param>
/// <param name="Confidence">0 to 1, as the engine says.</param>
/// <param name="Line">The line that the engine put it in, from 1.</param>
/// <param name="IsTurned">Whether its line runs up, down or upside down.</param>
internal sealed record RecognizedWord(
    string Text,
    double Left,
    double Top,
    double Right,
    double Bottom,
    double Baseline,
    double Size,
    double Confidence,
    int Line,
    bool IsTurned = false)
{
    public int LetterCount => Text.Count(char.IsLetterOrDigit);
}

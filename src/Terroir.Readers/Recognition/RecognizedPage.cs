namespace Terroir.Readers.Recognition;

/// <summary>A page after recognition, in the frame of the picture that the words were read from.</summary>
/// <param name="Number">The page, from 1.</param>
/// <param name="Size">The page as it is shown, in points.</param>
/// <param name="Turn">By how many quarters the picture was turned clockwise so that its text is upright.</param>
/// <param name="Skew">By how many degrees it was turned clockwise after that so that its lines are level.</param>
/// <param name="Resolution">Dots of the picture for an inch of the page.</param>
/// <param name="Words">The words.</param>
/// <param name="Rules">The drawn lines: boxes in dots from the upper left corner.</param>
internal sealed record RecognizedPage(
    int Number,
    PageSize Size,
    int Turn,
    double Skew,
    double Resolution,
    IReadOnlyList<RecognizedWord> Words,
    IReadOnlyList<(int X, int Y, int Width, int Height)> Rules)
{
    private const double LettersOfSure = 20;

    /// <summary>Letters of which the engine is less sure are rather specks.</summary>
    private const double SpeckConfidence = 0.65;

    // The engine also reads lines that run up or down: whole pages of them are on their side.
    private IEnumerable<RecognizedWord> Upright => Words.Where(word => !word.IsTurned);

    /// <summary>How sure the engine is of its letters, 0 to 1; 0 if there are none.</summary>
    public double Confidence => LetterCount == 0 ? 0
        : Upright.Sum(word => word.LetterCount * word.Confidence) / LetterCount;

    /// <summary>The letters and digits of lines that are upright.</summary>
    public int LetterCount => Upright.Sum(word => word.LetterCount);

    /// <summary>What one attempt is worth against another: its letters, each by how sure the engine is.</summary>
    public double Gain => Upright.Sum(word => word.LetterCount
        * Math.Max(0, word.Confidence - SpeckConfidence));

    /// <summary>Whether nothing is to be gained by reading the page in another way.</summary>
    public bool IsGood => IsSure && Confidence >= 0.9;

    /// <summary>Whether the page surely was read the right way up.</summary>
    public bool IsSure => LetterCount >= LettersOfSure && Confidence >= 0.7;
}

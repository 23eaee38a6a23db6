namespace Terroir.Readers.Recognition;

/// <summary>Recognises one picture of a page: turns it upright and level, and reads its words in several ways until one
/// leaves no doubt.</summary>
/// <param name="drawn">The page as it is shown.</param>
/// <param name="number">Its number, from 1.</param>
/// <param name="languages">The languages as Tesseract names them, the main one first.</param>
/// <param name="patience">How long a program may use no processor time.</param>
internal sealed class PageRecognizer(
    DrawnPage drawn,
    int number,
    IReadOnlyList<string> languages,
    TimeSpan patience)
{
    /// <summary>Lines that are more aslant are not made level.</summary>
    private const double SkewMax = 7;

    private const double SkewMin = 0.1;
    private const double CertaintyMin = 3;
    private const double SureOfWord = 0.5;
    private const double SureOfLine = 0.4;

    // Sheets go into a scanner upside down more often than on their side.
    private static readonly int[] OtherTurns = [2, 1, 3];

    /// <summary>Reads the page.</summary>
    /// <returns>The page; <see langword="null"/> if the engine failed on it.</returns>
    public async Task<RecognizedPage?> ReadAsync(CancellationToken cancellationToken)
    {
        // One language alone is better at its accents than several at once.
        var attempts = Attempt.Of(languages[0]);
        if (await TryAsync(turn: 0, attempts.Take(1), cancellationToken) is not { } best)
        {
            return null;
        }

        var tried = new List<int> { 0 };
        if (!best.IsSure
            && await Tesseract.FindTurnAsync(drawn.Picture, patience, cancellationToken) is { } believed and not 0)
        {
            best = Better(best, await TryAsync(believed, attempts.Take(1), cancellationToken));
            tried.Add(believed);
        }

        var language = FunctionWords.Guess(best.Words, languages);
        if (!string.Equals(language, languages[0], StringComparison.Ordinal))
        {
            attempts = Attempt.Of(language);
            best = await TryAsync(best.Turn, attempts.Take(1), cancellationToken) ?? best;
        }

        if (!best.IsGood)
        {
            best = Better(best, await TryAsync(best.Turn, attempts.Skip(1), cancellationToken));
        }

        foreach (var turn in OtherTurns.Except(tried))
        {
            if (!best.IsSure)
            {
                best = Better(best, await TryAsync(turn, attempts.Take(1), cancellationToken));
            }
        }

        return best;
    }

    private static RecognizedPage Better(RecognizedPage first, RecognizedPage? second) =>
        second?.Gain > first.Gain ? second : first;

    // Specks, strokes of a pen and edges of the sheet are read as marks and lines of which the engine itself is not
    // sure.
    private static RecognizedWord[] WithoutSpecks(IReadOnlyList<RecognizedWord> words) =>
    [
        .. words.GroupBy(word => word.Line)
            .Where(line => line.Average(word => word.Confidence) >= SureOfLine)
            .SelectMany(line => line)
            .Where(word => word.LetterCount > 0 || word.Confidence > SureOfWord),
    ];

    // The best of some ways to read the page with this side up.
    private async Task<RecognizedPage?> TryAsync(
        int turn,
        IEnumerable<Attempt> ways,
        CancellationToken cancellationToken)
    {
        using var turned = turn == 0 ? null : drawn.Picture.Turned(turn);
        var upright = turned ?? drawn.Picture;
        using var bitonal = upright.Bitonal();
        var (degrees, certainty) = bitonal.FindSkew(SkewMax);
        var skew = certainty >= CertaintyMin && Math.Abs(degrees) >= SkewMin ? degrees : 0;
        using var level = skew == 0 ? null : upright.Turned(skew);
        RecognizedPage? best = null;
        foreach (var way in ways)
        {
            if (best is { IsGood: true })
            {
                break;
            }

            if (await Tesseract.ReadAsync(level ?? upright, way, patience, cancellationToken) is { } words)
            {
                var page = new RecognizedPage(
                    number, drawn.Size, turn, skew, drawn.Resolution, WithoutSpecks(words), []);
                best = best is null ? page : Better(best, page);
            }
        }

        return best;
    }
}

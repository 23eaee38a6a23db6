using System.Globalization;

namespace Terroir.Readers.Recognition;

/// <summary>The program <c>tesseract</c>, one picture a run.</summary>
internal static class Tesseract
{
    public const string Program = "tesseract";

    // Page segmentation: everything by itself, or only which way is up.
    private const string Automatic = "3";
    private const string OrientationOnly = "0";

    /// <summary>Recognises the words of a picture; <see langword="null"/> if the engine failed.</summary>
    public static async Task<IReadOnlyList<RecognizedWord>?> ReadAsync(
        Picture picture,
        Attempt attempt,
        TimeSpan patience,
        CancellationToken cancellationToken)
    {
        var answer = await RecognitionProgram.RunAsync(
            Program,
            [
                "stdin", "stdout", "-l", attempt.Languages, "--psm", Automatic,
                "--dpi", RecognitionLimits.Resolution.ToString(CultureInfo.InvariantCulture),
                "-c", "tessedit_create_hocr=1", .. attempt.Threshold.SelectMany(setting => new[] { "-c", setting }),
            ],
            picture.ToBytes(),
            RecognitionLimits.AnswerMaxBytes,
            patience,
            cancellationToken);
        return answer is null ? null : Hocr.Read(answer);
    }

    /// <summary>By how many quarters a picture must be turned clockwise to stand upright, as the engine believes;
    /// <see langword="null"/> if it cannot tell.</summary>
    public static async Task<int?> FindTurnAsync(
        Picture picture,
        TimeSpan patience,
        CancellationToken cancellationToken)
    {
        var answer = await RecognitionProgram.RunAsync(
            Program,
            ["stdin", "stdout", "-l", "osd", "--psm", OrientationOnly],
            picture.ToBytes(),
            RecognitionLimits.AnswerMaxBytes,
            patience,
            cancellationToken);
        if (answer is null)
        {
            return null;
        }

        foreach (var line in System.Text.Encoding.UTF8.GetString(answer).Split('\n'))
        {
            if (line.StartsWith("Rotate: ", StringComparison.Ordinal)
                && int.TryParse(line.AsSpan(8).Trim(), CultureInfo.InvariantCulture, out var degrees))
            {
                return degrees / 90 % 4;
            }
        }

        return null;
    }
}

using System.Text;
using Terroir.Documents;

namespace Terroir.Readers.Recognition;

/// <summary>Which of the programs of character recognition are on this machine.</summary>
/// <param name="Version">Tesseract and its version; <see langword="null"/> if it is not there.</param>
/// <param name="Languages">The languages that it has.</param>
/// <param name="CanDraw">Whether poppler's <c>pdftoppm</c> is there.</param>
/// <param name="Packages">The Debian packages that are missing; none if everything is there.</param>
public sealed record RecognitionPrograms(
    string? Version,
    IReadOnlyList<string> Languages,
    bool CanDraw,
    IReadOnlyList<string> Packages)
{
    private const int AnswerMaxBytes = 1 << 20;
    private static readonly string[] OwnData = ["osd", "equ", "snum"];

    /// <summary>What to install; <see langword="null"/> if nothing is missing.</summary>
    public Remark? Advice => Packages.Count == 0 ? null
        : new Remark(RemarkCode.InstallRecognition, string.Join(' ', Packages));

    /// <summary>Looks for them.</summary>
    /// <param name="options">The settings, which say what languages are needed.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>What was found.</returns>
    public static async Task<RecognitionPrograms> FindAsync(
        RecognitionOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var version = await RunAsync(Tesseract.Program, "--version", cancellationToken);
        var listed = await RunAsync(Tesseract.Program, "--list-langs", cancellationToken);
        var languages = (listed ?? "").Split('\n',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !line.Contains(' ', StringComparison.Ordinal))
            .ToArray();
        var canDraw = await RunAsync(PageDrawing.Program, "-v", cancellationToken) is not null;
        var missing = new List<string>();
        if (version is null || !Leptonica.IsThere)
        {
            missing.Add("tesseract-ocr");
        }

        missing.AddRange(options.Languages.Except(languages, StringComparer.Ordinal).Select(PackageOf));
        if (!canDraw)
        {
            missing.Add("poppler-utils");
        }

        return new RecognitionPrograms(
            version?.Split('\n')[0].Trim(),
            [.. languages.Except(OwnData, StringComparer.Ordinal)],
            canDraw,
            missing);
    }

    // Debian writes chi_sim as chi-sim.
    private static string PackageOf(string language) =>
        $"tesseract-ocr-{language.Replace('_', '-').ToLowerInvariant()}";

    private static async Task<string?> RunAsync(string program, string argument, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await RecognitionProgram.RunAsync(
                program, [argument], ReadOnlyMemory<byte>.Empty, AnswerMaxBytes, RecognitionLimits.LookingDuration,
                cancellationToken);
            return answer is null ? null : Encoding.UTF8.GetString(answer);
        }
        catch (ReaderUnavailableException)
        {
            return null;
        }
    }
}

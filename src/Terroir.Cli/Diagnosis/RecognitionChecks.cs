using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Terroir.Readers.Recognition;
using Terroir.Server;

namespace Terroir.Cli.Diagnosis;

/// <summary>Checks the programs that recognise print in pictures and scans.</summary>
internal static class RecognitionChecks
{
    private const string Name = "recognition";
    private const string Why = "Pictures and scanned pages go to quarantine, and what is in them is not found.";

    public static async Task<Finding> RunAsync(Site site, CancellationToken cancellationToken)
    {
        try
        {
            var options = site.Services.GetRequiredService<IOptions<RecognitionOptions>>().Value;
            return options.Enabled
                ? Describe(await RecognitionPrograms.FindAsync(options, cancellationToken), options)
                : Finding.Sound(Name, "It is switched off: pictures and scanned pages go to quarantine.");
        }
        catch (OptionsValidationException exception)
        {
            return Finding.Problem(
                Name,
                string.Join(' ', exception.Failures),
                "No file is read until the settings are right.",
                $"edit '{site.Folder.ConfigurationFile}'");
        }
    }

    private static Finding Describe(RecognitionPrograms found, RecognitionOptions options) => found.Packages switch
    {
        [] => Finding.Sound(
            Name,
            $"{found.Version} reads scans in {options.Language} (it has {string.Join(", ", found.Languages)}), "
            + "pdftoppm draws their pages."),
        _ => Finding.Warning(
            Name,
            $"{found.Version ?? "Tesseract is not installed"}; missing: {string.Join(", ", found.Packages)}.",
            Why,
            $"apt install {string.Join(' ', found.Packages)} && terroir retry"),
    };
}

using System.Text.RegularExpressions;

namespace Terroir.Protection.PersonalData;

/// <summary>What a site knows of its personal data. Section <c>Terroir:PersonalData</c>.</summary>
public sealed class PersonalDataOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Terroir:PersonalData";

    /// <summary>How many days pseudonyms can be kept at most.</summary>
    public const int PseudonymDaysMax = 3_650;

    private const int PatternTimeoutMs = 1_000;

    /// <summary>How the site writes patient numbers, as a regular expression such as <c>IPP[0-9]{8}</c>; empty for
    /// numbers behind words such as "IPP" only.</summary>
    public string PatientNumber { get; set; } = "";

    /// <summary>A file with a first name on each line, such as the list of INSEE; empty for the common ones.</summary>
    public string FirstNames { get; set; } = "";

    /// <summary>How many days the pseudonyms that a model was given can be reversed; 0 keeps none of them, 3,650 at
    /// most. The default is 30.</summary>
    public int PseudonymDays { get; set; } = 30;

    /// <summary>Says what is wrong with the settings and what to do; <see langword="null"/> for nothing.</summary>
    public string? FindFault()
    {
        try
        {
            PatientPattern();
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }

        if (PseudonymDays is < 0 or > PseudonymDaysMax)
        {
            return $"{Section}:{nameof(PseudonymDays)} is {PseudonymDays}. Write 0 to {PseudonymDaysMax} days.";
        }

        return FirstNames.Length == 0 || File.Exists(FirstNames)
            ? null
            : $"{Section}:{nameof(FirstNames)} is '{FirstNames}', and there is no such file. Name one with a first "
                + "name on each line, or leave it empty.";
    }

    /// <summary>The pattern of patient numbers.</summary>
    /// <exception cref="FormatException">It is no regular expression.</exception>
    internal Regex? PatientPattern()
    {
        try
        {
            return PatientNumber.Length == 0
                ? null
                : new Regex(
                    PatientNumber,
                    RegexOptions.CultureInvariant | RegexOptions.NonBacktracking,
                    TimeSpan.FromMilliseconds(PatternTimeoutMs));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new FormatException(
                $"{Section}:{nameof(PatientNumber)} is no regular expression that can be used: {exception.Message}",
                exception);
        }
    }
}

using System.Text;
using System.Text.RegularExpressions;
using Terroir.Protection.PersonalData.Names;
using Terroir.Protection.PersonalData.Rules;

namespace Terroir.Protection.PersonalData;

/// <summary>Finds personal data in a text by rules: checksums first, words near a number second. Safe to share between
/// threads.</summary>
public sealed class PersonalDataScanner
{
    private const double SiteConfidence = 0.95;

    private readonly PersonNames _names;
    private readonly Regex? _patientNumber;

    /// <summary>Makes a scanner of a site.</summary>
    /// <param name="options">What the site knows.</param>
    /// <exception cref="FormatException">The pattern of patient numbers cannot be used.</exception>
    /// <exception cref="IOException">The list of first names cannot be read.</exception>
    public PersonalDataScanner(PersonalDataOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _patientNumber = options.PatientPattern();
        _names = new PersonNames(new FirstNames(
            options.FirstNames.Length == 0 ? [] : File.ReadLines(options.FirstNames)));
    }

    /// <summary>Finds personal data.</summary>
    /// <param name="text">The canonical text of a document.</param>
    /// <returns>Findings in the order in which they stand; none overlaps another.</returns>
    /// <exception cref="ScanUnfinishedException">A pattern took longer than it may: what was found is not all.
    /// </exception>
    public IReadOnlyList<PersonalDataFinding> Scan(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return InBytes(text, WithoutOverlap(Find(text)));
        }
        catch (RegexMatchTimeoutException exception)
        {
            throw new ScanUnfinishedException(exception);
        }
    }

    private List<RuleMatch> Find(string text)
    {
        var found = new List<RuleMatch>();
        NumberScan.Find(text, found);
        ContactRules.Find(text, found);
        CivilRules.Find(text, found);
        _names.Find(text, found);
        CivilRules.FindBehindNames(text, found);
        if (_patientNumber is not null)
        {
            foreach (var match in _patientNumber.EnumerateMatches(text))
            {
                if (match.Length > 0)
                {
                    found.Add(new RuleMatch(
                        PersonalDataKind.PatientNumber,
                        match.Index,
                        match.Index + match.Length,
                        SiteConfidence,
                        "patient-number-site"));
                }
            }
        }

        return found;
    }

    // What is surer stays, then what is longer. An address or a birth date may hold what looks like a number.
    private static List<RuleMatch> WithoutOverlap(List<RuleMatch> found)
    {
        var taken = new List<RuleMatch>();
        foreach (var match in found
            .OrderByDescending(match => match.Confidence)
            .ThenByDescending(match => match.End - match.Start)
            .ThenBy(match => match.Start)
            .ThenBy(match => match.Kind, StringComparer.Ordinal))
        {
            if (!Overlap.Any(taken, match))
            {
                Overlap.Insert(taken, match);
            }
        }

        return taken;
    }

    private static List<PersonalDataFinding> InBytes(string text, List<RuleMatch> matches)
    {
        var findings = new List<PersonalDataFinding>(matches.Count);
        var (at, bytes) = (0, 0);
        foreach (var match in matches)
        {
            bytes += Encoding.UTF8.GetByteCount(text.AsSpan(at..match.Start));
            var value = text[match.Start..match.End];
            var size = Encoding.UTF8.GetByteCount(value);
            findings.Add(new PersonalDataFinding(
                match.Kind, bytes, bytes + size, value, match.Confidence, match.Rule));
            (at, bytes) = (match.End, bytes + size);
        }

        return findings;
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Terroir.Storage;

namespace Terroir.Kinship;

/// <summary>What a document's file name and title tell of its version: <c>archivage-v2.docx</c>, <c>tarifs 2026-01-15
/// (1).xlsx</c>, <c>Copie de tarifs.xlsx</c>, <c>budget_old.ods</c>, a title that ends in "version 3".</summary>
/// <param name="Folder">The folder of the file; empty if the version was read from the title.</param>
/// <param name="Name">The name without what tells of the version, in lower case.</param>
/// <param name="Number">The version's number; all zeros if none is told.</param>
/// <param name="Date">The day in the name, as its digits (20260115); 0 if there is none.</param>
/// <param name="State">-1 for what is called old or a draft, 1 for what is called final, else 0.</param>
internal sealed partial record VersionName(
    string Folder,
    string Name,
    (int Major, int Minor) Number,
    int Date,
    int State)
{
    private const string Mark =
        @"(?<!\p{L})(?:v|version|rév|rev|révision|revision)[-_. ]?(?<major>\d{1,4})(?:[._](?<minor>\d{1,4}))?";

    /// <summary>Whether a number is told: then the names alone tell which is newer.</summary>
    public bool HasNumber => Number != (0, 0);

    /// <summary>Reads the names of a document.</summary>
    public static VersionName Of(DocumentVersion document)
    {
        var slash = document.Path.LastIndexOf('/');
        var dot = document.Path.LastIndexOf('.');
        var name = dot > slash + 1 ? document.Path[(slash + 1)..dot] : document.Path[(slash + 1)..];
        var read = Read(document.Path[..(slash + 1)].ToLowerInvariant(), name);
        return !read.HasNumber && InTitle().Match(document.Title) is { Success: true } match
            ? new VersionName("", Fold(match.Groups["name"].Value), NumberOf(match), read.Date, read.State)
            : read;
    }

    /// <summary>A title without what tells of its version, its date left in.</summary>
    public static string WithoutMarks(string title)
    {
        var mark = InTitle().Match(Copy().Replace(title, ""));
        return mark.Success ? mark.Groups["name"].Value : title;
    }

    private static VersionName Read(string folder, string name)
    {
        var (number, date, state) = ((0, 0), 0, 0);
        for (var rest = ""; !string.Equals(rest, name, StringComparison.Ordinal);)
        {
            rest = name;
            name = Copy().Replace(name, "");
            if (Stage().Match(name) is { Success: true } stage)
            {
                state = stage.Groups["final"].Success ? 1 : -1;
                name = name[..stage.Index];
            }

            if (number == (0, 0) && AtEnd().Match(name) is { Success: true } mark)
            {
                number = NumberOf(mark);
                name = mark.Groups["name"].Value;
            }

            if (date == 0 && Day().Match(name) is { Success: true } day)
            {
                date = DateOf(day);
                name = name.Remove(day.Index, day.Length);
            }
        }

        return new VersionName(folder, Fold(name), number, date, state);
    }

    private static string Fold(string name) => Separators().Replace(name, " ").Trim().ToLowerInvariant();

    private static (int Major, int Minor) NumberOf(Match match) =>
        (Parse(match.Groups["major"]), Parse(match.Groups["minor"]));

    private static int DateOf(Match match) =>
        (Parse(match.Groups["year"]) * 10_000) + (Parse(match.Groups["month"]) * 100) + Parse(match.Groups["day"]);

    private static int Parse(Group digits) =>
        digits.Success ? int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(?<name>.+)" + Mark + @"\)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 30_000)]
    private static partial Regex AtEnd();

    [GeneratedRegex(@"^(?<name>.+)" + Mark + @"\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 30_000)]
    private static partial Regex InTitle();

    // What programs and people add to the name of a copy.
    [GeneratedRegex(
        @"^(?:copie|copy)(?: ?\(\d{1,2}\))? (?:de |d['’]|of )|"
        + @"[-_ ]+(?:copie|copy)(?: ?\(?\d{1,2}\)?)?$|[-_ ]*\(\d{1,2}\)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        30_000)]
    private static partial Regex Copy();

    [GeneratedRegex(
        @"(?<=.)[-_. ]+(?:(?<final>finale?|def|définiti(?:f|ve)|definiti(?:f|ve)|vf|signée?)|"
        + @"old|ancien(?:ne)?|obsol[eè]te|périmée?|draft|brouillon|projet|bak)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        30_000)]
    private static partial Regex Stage();

    [GeneratedRegex(
        @"(?<!\d)(?:(?<year>20\d\d)[-_. ]?(?<month>0[1-9]|1[0-2])(?:[-_. ]?(?<day>0[1-9]|[12]\d|3[01]))?|"
        + @"(?<day>0[1-9]|[12]\d|3[01])[-_.](?<month>0[1-9]|1[0-2])[-_.](?<year>20\d\d)|(?<year>20\d\d))(?!\d)",
        RegexOptions.CultureInvariant,
        30_000)]
    private static partial Regex Day();

    [GeneratedRegex(@"[-_. ,(]+", RegexOptions.CultureInvariant, 30_000)]
    private static partial Regex Separators();
}

namespace Terroir.Protection.PersonalData;

/// <summary>Personal data in a text.</summary>
/// <param name="Kind">What it is, such as "nir"; docs/features/personal-data.md lists the kinds.</param>
/// <param name="Start">Where it begins, in bytes of the text as UTF-8.</param>
/// <param name="End">Where it ends, in bytes; not part of it.</param>
/// <param name="Text">The text between.</param>
/// <param name="Confidence">How likely the rule is right where it matches, by judgement and not measured: above 0, at
/// most 1.</param>
/// <param name="Rule">The rule that found it.</param>
public sealed record PersonalDataFinding(
    string Kind,
    int Start,
    int End,
    string Text,
    double Confidence,
    string Rule);

namespace Terroir.Protection.PersonalData.Rules;

/// <summary>Whether a number without its signs is one of a kind.</summary>
/// <param name="number">Figures and capitals.</param>
internal delegate bool NumberCheck(ReadOnlySpan<char> number);

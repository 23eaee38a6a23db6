namespace Terroir.Bench.PersonalData;

/// <summary>A text with what is personal in it.</summary>
/// <param name="Text">The text.</param>
/// <param name="Labels">The kinds and their places, in bytes of the text as UTF-8.</param>
internal sealed record LabelledText(string Text, IReadOnlyList<(string Kind, int Start, int End)> Labels);

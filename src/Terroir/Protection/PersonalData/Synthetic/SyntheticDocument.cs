namespace Terroir.Protection.PersonalData.Synthetic;

/// <summary>A made document, and what is personal in it. Nobody is meant by it.</summary>
/// <param name="Genre">What kind of document it is: <c>hospital</c>, <c>staff</c>, <c>bank</c>, <c>invoice</c> or
/// <c>mail</c>.</param>
/// <param name="Text">The text.</param>
/// <param name="Labels">What is personal, in order: confidence 1, rule <c>label</c>.</param>
public sealed record SyntheticDocument(string Genre, string Text, IReadOnlyList<PersonalDataFinding> Labels);

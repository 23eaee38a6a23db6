namespace Terroir.Protection.PersonalData.Synthetic;

/// <summary>A kind of document and what it is made of. In the texts, <c>{slot}</c> stands for a value of
/// <see cref="SyntheticValues"/> and <c>[a|b]</c> for one of some texts.</summary>
/// <param name="Name">Its name, such as <c>hospital</c>.</param>
/// <param name="Openings">How it begins.</param>
/// <param name="Sentences">What stands in it.</param>
/// <param name="Closings">How it ends.</param>
internal sealed record SyntheticGenre(string Name, string[] Openings, string[] Sentences, string[] Closings);

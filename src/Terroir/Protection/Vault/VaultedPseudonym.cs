namespace Terroir.Protection.Vault;

/// <summary>A pseudonym that is kept, and one place of the value behind it.</summary>
/// <param name="Name">The name, such as <c>PERSON_1</c> or <c>PERSON_1.2</c>.</param>
/// <param name="Value">What it stands for.</param>
/// <param name="Source">The document that holds the value; <see langword="null"/> if none does, such as for a name
/// that only the question has.</param>
public sealed record VaultedPseudonym(string Name, string Value, VaultedSource? Source);

/// <summary>A document under whose key a value is kept.</summary>
/// <param name="Collection">Its collection.</param>
/// <param name="Document">Its id.</param>
public sealed record VaultedSource(CollectionId Collection, DocumentId Document);

namespace Terroir.Lineage;

/// <summary>That an event of the ledger is about a version: a document got it, or an answer cites it.</summary>
/// <param name="Version">The hash of the original bytes.</param>
/// <param name="Document">The document that got it; <c>default</c> for an answer.</param>
/// <param name="Place">The place of the event in the ledger.</param>
internal readonly record struct CitationEntry(ContentHash Version, DocumentId Document, long Place);

namespace Terroir.Catalog;

/// <summary>Gives a live document other permissions or another label; its content stays.</summary>
/// <param name="Document">The document.</param>
/// <param name="Access">Who may read it from now on.</param>
/// <param name="Label">Its classification from now on.</param>
public sealed record DocumentStamp(DocumentId Document, AccessList Access, string Label);

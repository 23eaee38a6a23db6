namespace Terroir;

/// <summary>A document was erased, and a source brings it again. Code <c>TER7003</c>.</summary>
public sealed class DocumentErasedException : TerroirException
{
    /// <summary>Creates the error for one document.</summary>
    /// <param name="document">The document.</param>
    public DocumentErasedException(DocumentId document)
        : base(
            "TER7003",
            isTransient: false,
            $"The document {document} was erased and does not come back. Its operator lifts that with 'terroir erase "
                + $"--lift {document}'.",
            innerException: null) => Document = document;

    /// <summary>The document.</summary>
    public DocumentId Document { get; }
}

namespace Terroir.Protocol;

/// <summary>What a reader must see of a document.</summary>
/// <param name="Version">The hash of its bytes.</param>
/// <param name="Access">Who may read it.</param>
internal readonly record struct Visible(ContentHash Version, string Access)
{
    public static Visible Of(DocumentVersion document) => new(document.Version, document.Access.Allow[0]);
}

namespace Terroir.Sovereignty.Cedar;

/// <summary>The identity of an entity: <c>User::"alice"</c>.</summary>
/// <param name="Type">The qualified type, such as <c>Hospital::User</c>.</param>
/// <param name="Id">The identity within the type; any text.</param>
public readonly record struct EntityUid(string Type, string Id)
{
    /// <summary>Whether it is an action: the last word of its type is <c>Action</c>.</summary>
    internal bool IsAction => IsActionType(Type);

    /// <inheritdoc/>
    public override string ToString() => $"{Type}::{CedarText.Quote(Id)}";

    internal static bool IsActionType(string type) =>
        string.Equals(type, "Action", StringComparison.Ordinal)
        || type.EndsWith("::Action", StringComparison.Ordinal);
}

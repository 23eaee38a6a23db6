namespace Terroir.Server.Callers;

/// <summary>Marks an endpoint that takes a form of the console, by which a visitor who signed in changes something of
/// their own.</summary>
internal sealed class ConsoleForm
{
    /// <summary>The mark.</summary>
    public static ConsoleForm Mark { get; } = new();
}

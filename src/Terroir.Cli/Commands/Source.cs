namespace Terroir.Cli.Commands;

/// <summary>A folder source to be added.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Collection">The collection that it feeds.</param>
/// <param name="Folder">The folder to read.</param>
/// <param name="Permissions">Where permissions come from: <c>file</c> or <c>posix</c>.</param>
internal sealed record Source(string Name, string Collection, string Folder, string Permissions);

using System.Diagnostics.CodeAnalysis;

namespace Terroir;

/// <summary>Where a secret is kept: <c>file:PATH</c> or <c>env:NAME</c>. It never holds the secret.</summary>
/// <param name="IsFile">Whether it is a file; else a variable of the environment.</param>
/// <param name="Name">The path or the name.</param>
public sealed record SecretReference(bool IsFile, string Name)
{
    private const string FilePrefix = "file:";
    private const string EnvironmentPrefix = "env:";

    /// <summary>Reads a reference.</summary>
    /// <param name="text">The text, such as <c>file:keys/model.key</c>.</param>
    /// <param name="reference">The reference.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out SecretReference? reference)
    {
        ArgumentNullException.ThrowIfNull(text);
        reference = text.StartsWith(FilePrefix, StringComparison.Ordinal) && text.Length > FilePrefix.Length
            ? new SecretReference(IsFile: true, text[FilePrefix.Length..])
            : text.StartsWith(EnvironmentPrefix, StringComparison.Ordinal) && text.Length > EnvironmentPrefix.Length
                ? new SecretReference(IsFile: false, text[EnvironmentPrefix.Length..])
                : null;
        return reference is not null;
    }
}

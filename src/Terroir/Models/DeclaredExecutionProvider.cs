using System.Globalization;

namespace Terroir.Models;

/// <summary>The library of an execution provider, for a GPU or an NPU, that the operator allows.</summary>
public sealed class DeclaredExecutionProvider
{
    private const int HashLength = 64;

    /// <summary>What it is called in messages.</summary>
    public string Name { get; set; } = "";

    /// <summary>The file: an absolute path.</summary>
    public string Library { get; set; } = "";

    /// <summary>The SHA-256 of the file, in hexadecimal digits: another file is not loaded.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary>The same, read.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public ContentHash Hash => ContentHash.Parse(Sha256.ToLowerInvariant());

    internal string? FindFault(int at)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{ModelsOptions.Section}:ExecutionProviders:{at}");
        return Name.Length == 0 ? $"{name}:Name is missing."
            : !Path.IsPathFullyQualified(Library) ? $"{name}:Library is no absolute path."
            : Sha256.Length != HashLength || !Sha256.All(char.IsAsciiHexDigit)
                ? $"{name}:Sha256 is no SHA-256. Write what 'sha256sum' says of the library, after you have made sure "
                    + "where it comes from."
            : null;
    }
}

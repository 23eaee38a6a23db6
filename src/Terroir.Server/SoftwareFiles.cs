using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Terroir.Provenance.Receipts;

namespace Terroir.Server;

/// <summary>What a receipt states of the program: name, version, and the digest of the list of its files.</summary>
internal static class SoftwareFiles
{
    // The program's own assemblies, and the list of the packages that it was built with, which has their hashes.
    private static readonly string[] Patterns = ["Terroir*.dll", "*.deps.json"];

    /// <summary>Reads the files of the running program.</summary>
    public static ReceiptSoftware Describe() => Describe(AppContext.BaseDirectory);

    /// <summary>Reads the files of a folder. The list has a line for each, <c>HASH  NAME</c>, as <c>sha256sum</c>
    /// writes it, in the order of the names.</summary>
    internal static ReceiptSoftware Describe(string folder)
    {
        var list = new StringBuilder();
        var files = Patterns.SelectMany(pattern => Directory.EnumerateFiles(folder, pattern));
        foreach (var file in files.OrderBy(Path.GetFileName, StringComparer.Ordinal))
        {
            list.Append(CultureInfo.InvariantCulture, $"{Hash(file)}  {Path.GetFileName(file)}\n");
        }

        var version = typeof(SoftwareFiles).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!;
        return new ReceiptSoftware(
            "terroir",
            version.InformationalVersion,
            ContentHash.Of(Encoding.UTF8.GetBytes(list.ToString())));
    }

    private static string Hash(string path)
    {
#pragma warning disable MA0045 // Read once, while the container makes the parts of the site.
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
#pragma warning restore MA0045
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Terroir.Bench.Searching;

/// <summary>The groups that may read a document: all, one of ten, and one of a hundred.</summary>
internal static class ReaderGroups
{
    // A search by someone of this group is not filtered where an index can do without.
    private const string Unfiltered = "unfiltered";

    private const int Tenths = 10;
    private const int Hundredths = 100;

    public static bool IsUnfiltered(string group) => string.Equals(group, Unfiltered, StringComparison.Ordinal);

    /// <summary>The groups that may read a document.</summary>
    public static IEnumerable<string> Of(string document) =>
        [Unfiltered, Of(document, 1), Of(document, Tenths), Of(document, Hundredths)];

    /// <summary>The group that reads this document and one in so many of the others.</summary>
    /// <param name="document">The document's id.</param>
    /// <param name="parts">1, 10 or 100; 0 for the group whose searches are not filtered.</param>
    public static string Of(string document, int parts)
    {
        var number = BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(document)));
        return parts == 0 ? Unfiltered : $"{number % parts}-of-{parts}";
    }
}

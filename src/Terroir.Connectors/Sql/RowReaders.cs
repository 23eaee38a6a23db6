using Terroir.Sources;

namespace Terroir.Connectors.Sql;

/// <summary>Reads who may read a row from its columns. What cannot be understood lets nobody in.</summary>
internal static class RowReaders
{
    private const int IdLengthMax = 128;
    private const int LabelLengthMax = 64;

    private static readonly char[] Separators = [',', ';', '\n', '\r'];

    /// <summary>Reads the columns.</summary>
    /// <param name="allow">Who may: principals with commas between, or an array of PostgreSQL.</param>
    /// <param name="deny">Who may not.</param>
    /// <param name="label">The classification.</param>
    /// <param name="problem">What is wrong; without data.</param>
    public static ItemReaders Read(string? allow, string? deny, string? label, out string? problem)
    {
        var (allowed, denied) = (Split(allow), Split(deny));
        problem = !Array.TrueForAll(allowed, IsPrincipal) || !Array.TrueForAll(denied, IsPrincipal)
            ? "A name in the permission columns is no principal, so nobody reads the row. Write user:ID, group:ID or "
                + "everyone, with commas between."
            : label?.Length > LabelLengthMax || label?.Any(char.IsControl) is true
                ? $"The label is longer than {LabelLengthMax} characters or has several lines, so nobody reads the row."
                : null;
        return problem is null
            ? new ItemReaders(new AccessList(allowed, denied), label?.Trim() ?? "")
            : ItemReaders.Closed;
    }

    // '{"group:a","group:b"}' is how PostgreSQL writes an array.
    private static string[] Split(string? text) => text is null ? [] :
    [
        .. text.Trim().TrimStart('{').TrimEnd('}')
            .Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(name => name.Trim('"')),
    ];

    private static bool IsPrincipal(string name) => name is AccessList.Everyone
        || (name.Split(':') is ["user" or "group", { Length: > 0 and <= IdLengthMax } id]
            && id.Trim().Length == id.Length
            && !id.Any(letter => char.IsControl(letter) || letter is '&'));
}

using System.Globalization;
using System.Runtime.InteropServices;

namespace Terroir.Connectors.Imap;

/// <summary>The states of the folders when they were listed: lines <c>PATH TAB VALIDITY TAB MODIFICATION</c>.</summary>
internal static class ImapCursor
{
    private const string Version = "1";

    /// <summary>Writes it.</summary>
    public static string Write(IReadOnlyDictionary<string, FolderState> folders) => string.Join('\n',
    [
        Version,
        .. folders.OrderBy(folder => folder.Key, StringComparer.Ordinal).Select(folder => string.Create(
            CultureInfo.InvariantCulture,
            $"{folder.Key}\t{folder.Value.Validity}\t{folder.Value.Modification}")),
    ]);

    /// <summary>Reads it.</summary>
    /// <returns>The states, or <see langword="null"/> if the text is none of ours.</returns>
    public static Dictionary<string, FolderState>? TryRead(string? text)
    {
        if (text?.Split('\n') is not [Version, .. var lines])
        {
            return null;
        }

        var folders = new Dictionary<string, FolderState>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            if (line.Split('\t') is not [var path, var first, var second]
                || !uint.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var validity)
                || !ulong.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var modification)
                || !folders.TryAdd(path, new FolderState(validity, modification)))
            {
                return null;
            }
        }

        return folders;
    }
}

/// <summary>The state of a folder.</summary>
/// <param name="Validity">Changes when the server numbers its mails anew.</param>
/// <param name="Modification">Grows with each change (RFC 7162); 0 if the server does not count them.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FolderState(uint Validity, ulong Modification);

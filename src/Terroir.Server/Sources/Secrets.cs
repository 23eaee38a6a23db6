namespace Terroir.Server.Sources;

/// <summary>Reads secrets from where references say that they are kept. No message holds one.</summary>
internal static class Secrets
{
    /// <summary>A secret has at most this many bytes.</summary>
    internal const int SizeMaxBytes = 4_096;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>The file of a secret, if it is in one; a path that is not absolute is in the site's folder.</summary>
    public static string? FileOf(SecretReference reference, SiteFolder site) =>
        reference.IsFile ? Path.GetFullPath(reference.Name, site.Root) : null;

    /// <summary>Whether others than its owner may read or change a file.</summary>
    public static bool IsOpenToOthers(string path) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None;

    /// <summary>Reads the text that is kept; a larger file is no secret.</summary>
    /// <returns>The text, or <see langword="null"/> if nothing is kept there.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string? ReadText(SecretReference reference, SiteFolder site) =>
        FileOf(reference, site) is not { } path
            ? Environment.GetEnvironmentVariables()[reference.Name] as string
            : new FileInfo(path).Length <= SizeMaxBytes ? string.Join('\n', File.ReadLines(path)) : "";
}

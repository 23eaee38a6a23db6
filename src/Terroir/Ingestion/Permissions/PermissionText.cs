using System.Text;
using Terroir.Access;

namespace Terroir.Ingestion.Permissions;

/// <summary>Reads the bytes of a <c>permissions.yaml</c>.</summary>
internal static class PermissionText
{
    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true);

    /// <summary>Reads them.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="path">Its path within the source.</param>
    /// <param name="file">What it says; nothing if there is a fault.</param>
    /// <returns>What cannot be understood, or <see langword="null"/>.</returns>
    public static PermissionFault? TryParse(ReadOnlySpan<byte> bytes, string path, out PermissionFile file)
    {
        file = PermissionFile.Empty;
        try
        {
            file = PermissionFile.Parse(StrictUtf8.GetString(bytes));
            return null;
        }
        catch (YamlFaultException exception)
        {
            return new PermissionFault(path, exception.Line, exception.Message);
        }
        catch (DecoderFallbackException)
        {
            return new PermissionFault(path, 0, "The file is not UTF-8. Save it as UTF-8.");
        }
    }
}

using Microsoft.Win32.SafeHandles;

namespace Terroir.Ingestion.Folder;

/// <summary>Reads the bytes of an open file.</summary>
internal static class FileBytes
{
    /// <summary>Reads from the start until the buffer is full or the file ends.</summary>
    /// <returns>How many bytes were read.</returns>
    /// <exception cref="IOException">The system failed.</exception>
    public static int Read(SafeFileHandle file, Span<byte> buffer)
    {
        var length = 0;
        while (length < buffer.Length)
        {
            var count = RandomAccess.Read(file, buffer[length..], length);
            if (count == 0)
            {
                break;
            }

            length += count;
        }

        return length;
    }
}

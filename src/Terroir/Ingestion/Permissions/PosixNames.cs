using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Terroir.Ingestion.Folder;

namespace Terroir.Ingestion.Permissions;

/// <summary>Asks the system, which also asks LDAP and the like where it is set up so. Each number is asked once.
/// </summary>
internal sealed unsafe partial class PosixNames : IPosixNames
{
    private const int RecordSize = 256;
    private const int BufferSizeMin = 1024;
    private const int BufferSizeMax = 1 << 20;

    private readonly ConcurrentDictionary<uint, string?> _users = new();
    private readonly ConcurrentDictionary<uint, string?> _groups = new();

    private delegate int Lookup(uint id, byte* record, byte* buffer, nint size, out nint result);

    public string? FindUser(uint id) => _users.GetOrAdd(id, static key => Find(key, FindUser, "getpwuid"));

    public string? FindGroup(uint id) => _groups.GetOrAdd(id, static key => Find(key, FindGroup, "getgrgid"));

    private static string? Find(uint id, Lookup lookup, string call)
    {
        var record = stackalloc byte[RecordSize];
        for (var size = BufferSizeMin; size <= BufferSizeMax; size *= 4)
        {
            var buffer = new byte[size];
            fixed (byte* start = buffer)
            {
                var error = lookup(id, record, start, size, out var result);
                switch (error)
                {
                    case 0:
                        // Both records begin with the address of the name.
                        return result == 0 ? null : Marshal.PtrToStringUTF8(*(nint*)record);
                    case SystemCalls.TooSmall:
                        continue;
                    case SystemCalls.NotFound or SystemCalls.NoProcess:
                        return null;
                    default:
                        throw new SystemCallException(call, error);
                }
            }
        }

        throw new SystemCallException(call, SystemCalls.TooSmall);
    }

    [LibraryImport("libc", EntryPoint = "getpwuid_r")]
    private static partial int FindUser(uint id, byte* record, byte* buffer, nint size, out nint result);

    [LibraryImport("libc", EntryPoint = "getgrgid_r")]
    private static partial int FindGroup(uint id, byte* record, byte* buffer, nint size, out nint result);
}

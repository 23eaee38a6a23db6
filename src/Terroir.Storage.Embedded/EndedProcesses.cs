using System.Diagnostics;
using System.Globalization;

namespace Terroir.Storage.Embedded;

/// <summary>Tells of an owner of a lease whether its process has ended on this machine, so that its lease need not be
/// waited for after a crash.</summary>
internal static class EndedProcesses
{
    /// <summary>Whether the owner is certainly gone.</summary>
    /// <param name="owner">The owner: <c>MACHINE/PROCESS/NUMBER</c>; any other text is nobody that is known here.
    /// </param>
    /// <returns><see langword="false"/> where it lives, is on another machine, or its number was given to another
    /// process.</returns>
    public static bool Include(string owner)
    {
        var parts = owner.Split('/');
        return parts.Length == 3
            && string.Equals(parts[0], Environment.MachineName, StringComparison.Ordinal)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            && process > 0
            && !IsRunning(process);
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

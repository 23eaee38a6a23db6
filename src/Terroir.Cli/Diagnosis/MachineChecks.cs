using System.Globalization;
using System.Runtime.InteropServices;

namespace Terroir.Cli.Diagnosis;

/// <summary>Checks the machine and the runtime.</summary>
internal static class MachineChecks
{
    public static IEnumerable<Finding> Run()
    {
        yield return Finding.Sound(
            "runtime",
            $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.RuntimeIdentifier}, "
            + $"{Environment.ProcessorCount} processors");
        yield return CheckCulture();
    }

    private static Finding CheckCulture() => HasFrench()
        ? Finding.Sound("language data", "French is known to the runtime.")
        : Finding.Warning(
            "language data",
            "The runtime knows no French.",
            "Names, dates and words are sorted and compared by the rules of no language.",
            "apt-get install libicu-dev && unset DOTNET_SYSTEM_GLOBALIZATION_INVARIANT");

    private static bool HasFrench()
    {
        try
        {
            // Without language data every culture is the invariant one, whose decimal separator is a point.
            var separator = CultureInfo.GetCultureInfo("fr-FR").NumberFormat.NumberDecimalSeparator;
            return string.Equals(separator, ",", StringComparison.Ordinal);
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}

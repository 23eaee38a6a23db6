using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Inference.Onnx.Runtime;
using Terroir.Server;
using Terroir.Server.Models;

namespace Terroir.Cli.Diagnosis;

/// <summary>Tells what models can run on, and what they would run on.</summary>
internal static class AcceleratorChecks
{
    private const string Name = "accelerators";

    private static readonly (bool IsThere, string Name)[] Extensions =
    [
        (Avx512F.IsSupported, "AVX-512"),
        (AvxVnni.IsSupported, "AVX-VNNI"),
        (Avx2.IsSupported, "AVX2"),
        (Fma.IsSupported, "FMA"),
        (Dp.IsSupported, "dot products"),
        (AdvSimd.IsSupported, "NEON"),
    ];

    // Where Linux shows devices, and what they are.
    private static readonly (string Folder, string Pattern, string Kind)[] Places =
    [
        ("/dev/accel", "accel*", "NPU"),
        ("/dev/dri", "renderD*", "GPU"),
        ("/proc/driver/nvidia/gpus", "*", "NVIDIA GPU"),
    ];

    public static IEnumerable<Finding> Run(Site site)
    {
        var found = Extensions.Where(extension => extension.IsThere).Select(extension => extension.Name);
        yield return Finding.Sound(
            "processor",
            $"Vector instructions: {string.Join(", ", found.DefaultIfEmpty("none"))}.");
        yield return CheckDevices(site);
    }

    private static Finding CheckDevices(Site site)
    {
        try
        {
            site.Services.GetRequiredService<AllowedLibraries>().Load();
        }
        catch (TerroirException exception)
        {
            return Finding.Problem(
                Name,
                $"{exception.Code}: {exception.Message}",
                "Models of this machine are not loaded until it is right, and answers are extracts.",
                $"edit models.executionProviders in '{site.Folder.ConfigurationFile}'");
        }

        var used = ExecutionProviders.List()
            .Where(device => device.Kind is not "CPU")
            .Select(device => $"{device.Kind} of {device.Vendor} by {device.Provider}")
            .ToArray();
        var seen = Places
            .Where(place => Directory.Exists(place.Folder))
            .SelectMany(place => Directory.EnumerateFileSystemEntries(place.Folder, place.Pattern)
                .Select(path => $"{place.Kind} {path}"))
            .ToArray();
        var runs = used.Length > 0
            ? $"Models run on {string.Join(", ", used)}, and on the processor for the rest."
            : "Models run on the processor.";
        return seen.Length == 0 || used.Length > 0
            ? Finding.Sound(Name, runs)
            : Finding.Sound(
                Name,
                $"{runs} The system shows {string.Join(", ", seen)}: a library for it can be allowed in "
                + "models.executionProviders.");
    }
}

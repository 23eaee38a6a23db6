using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Terroir.Inference.Onnx.Runtime;

/// <summary>Keeps ONNX Runtime from telling its maker what it does: since 1.29 its packages for Linux and macOS do so
/// over HTTPS unless a variable of the environment says no before the library is loaded (microsoft/onnxruntime, pull
/// request 27379). Then there is no sender, no event and no identifier of the machine.</summary>
/// <remarks>The variable must stand in the environment that the C library has; .NET keeps one of its own.</remarks>
internal static partial class RuntimeTelemetry
{
    /// <summary>The variable.</summary>
    internal const string Variable = "ORT_DISABLE_TELEMETRY";

    private const string Disabled = "1";

    /// <summary>Says no, before anything of this assembly runs.</summary>
    /// <exception cref="InvalidOperationException">It could not be said: no model is loaded then.</exception>
    [ModuleInitializer]
    [SuppressMessage(
        "Usage",
        "CA2255:The 'ModuleInitializer' attribute should not be used in libraries",
        Justification = "Whoever loads the runtime comes through this assembly, and must not be able to forget it.")]
    internal static void Disable()
    {
        Environment.SetEnvironmentVariable(Variable, Disabled);
        if (!OperatingSystem.IsWindows() && SetVariable(Variable, Disabled, overwrite: 1) != 0)
        {
            throw new InvalidOperationException($"{Variable} could not be set, so that no model is loaded.");
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetVariable(string name, string value, int overwrite);
}

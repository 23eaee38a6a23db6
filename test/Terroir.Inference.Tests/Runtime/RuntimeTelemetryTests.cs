using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Terroir.Inference.Onnx.Runtime;

namespace Terroir.Inference.Tests.Runtime;

/// <summary>What the runtime reads before it sends anything. That nothing leaves is watched by
/// <c>eng/long/97-no-network.sh</c>, with the real library.</summary>
public sealed partial class RuntimeTelemetryTests
{
    [Fact]
    public void The_environment_of_the_c_library_says_no_to_telemetry()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The C library of Windows is not looked at.");
        RuntimeHelpers.RunModuleConstructor(typeof(OnnxModel).Module.ModuleHandle);

        Assert.Equal("1", Marshal.PtrToStringUTF8(GetVariable("ORT_DISABLE_TELEMETRY")));
    }

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint GetVariable(string name);
}

using Microsoft.ML.OnnxRuntime;

namespace Terroir.Inference.Onnx.Tests;

public sealed class RuntimeTests
{
    [Fact]
    public void The_runtime_loads_on_this_machine_and_runs_on_its_processor() =>
        Assert.Contains("CPUExecutionProvider", OrtEnv.Instance().GetAvailableProviders(), StringComparer.Ordinal);
}

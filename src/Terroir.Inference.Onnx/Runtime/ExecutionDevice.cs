namespace Terroir.Inference.Onnx.Runtime;

/// <summary>A device that models can run on.</summary>
/// <param name="Provider">The execution provider that drives it.</param>
/// <param name="Kind">What it is: <c>CPU</c>, <c>GPU</c> or <c>NPU</c>.</param>
/// <param name="Vendor">Who made it, as the runtime says.</param>
public sealed record ExecutionDevice(string Provider, string Kind, string Vendor);

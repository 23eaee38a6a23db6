namespace Terroir.Inference.Onnx.Runtime;

/// <summary>A library that brings an execution provider, for a GPU or an NPU.</summary>
/// <param name="Name">What the settings call it.</param>
/// <param name="Path">The file.</param>
/// <param name="Hash">The SHA-256 that the file must have.</param>
public sealed record ExecutionProviderLibrary(string Name, string Path, ContentHash Hash);

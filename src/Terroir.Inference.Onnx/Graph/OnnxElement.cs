namespace Terroir.Inference.Onnx.Graph;

/// <summary>The element types that a graph uses, by their numbers in <c>onnx.proto</c>.</summary>
internal enum OnnxElement
{
    Float = 1,
    Byte = 2,
    Integer = 6,
    LongInteger = 7,
}

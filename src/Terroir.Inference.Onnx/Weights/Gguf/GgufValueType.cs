namespace Terroir.Inference.Onnx.Weights.Gguf;

/// <summary>The types of values in the header of a GGUF file, by their numbers there.</summary>
internal enum GgufValueType : uint
{
    UInt8,
    Int8,
    UInt16,
    Int16,
    UInt32,
    Int32,
    Float32,
    Bool,
    String,
    Array,
    UInt64,
    Int64,
    Float64,
}

using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Terroir.Inference.Onnx.Runtime;

/// <summary>The keys or values of one layer for all sequences: (sequences, heads, capacity, head size), zeroed. The
/// operating system gives memory to the pages that are used.</summary>
internal sealed unsafe class KeyValueBuffer : IDisposable
{
    private readonly long[] _dimensions;
    private float* _start;

    public KeyValueBuffer(int sequences, int heads, int capacity, int headSize)
    {
        _dimensions = [sequences, heads, capacity, headSize];
        _start = (float*)NativeMemory.AllocZeroed((nuint)((long)sequences * FloatsEach), sizeof(float));
    }

    private long FloatsEach => _dimensions[1] * _dimensions[2] * _dimensions[3];

    /// <summary>Returns a view of neighbouring sequences; valid while this buffer is.</summary>
    public OrtValue View(int first, int count)
    {
        var floats = count * FloatsEach;
        return OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance,
            TensorElementType.Float,
            [count, .. _dimensions.AsSpan(1)],
            (nint)(_start + (first * FloatsEach)),
            floats * sizeof(float));
    }

    public void Dispose()
    {
        NativeMemory.Free(_start);
        _start = null;
    }
}

namespace Terroir.Inference.Onnx.Graph;

/// <summary>The file beside a graph that holds its weights. Each begins at a multiple of 4,096, so that it can be
/// mapped.</summary>
internal sealed class ExternalData(string path) : IDisposable
{
    private const int Alignment = 4_096;

    private readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);

    /// <summary>The name of the file, without its path.</summary>
    public string Name { get; } = Path.GetFileName(path);

    /// <summary>How many bytes were written.</summary>
    public long SizeBytes => _file.Position;

    /// <summary>Begins a tensor and returns where.</summary>
    public long Begin()
    {
        Span<byte> zeros = stackalloc byte[Alignment];
        zeros.Clear();
        _file.Write(zeros[..(int)((Alignment - (_file.Position % Alignment)) % Alignment)]);
        return _file.Position;
    }

    public void Write(ReadOnlySpan<byte> bytes) => _file.Write(bytes);

    public void Dispose() => _file.Dispose();
}

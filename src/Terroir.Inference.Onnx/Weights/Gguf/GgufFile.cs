namespace Terroir.Inference.Onnx.Weights.Gguf;

/// <summary>A GGUF file of version 2 or 3: its metadata and where its tensors lie
/// (<see href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md"/>).</summary>
internal sealed class GgufFile : IDisposable
{
    private const int DimensionsMax = 4;

    private readonly MappedWeights _file;

    private GgufFile(MappedWeights file)
    {
        _file = file;
        var reader = new GgufReader(file);
        if (!reader.Take(4).SequenceEqual("GGUF"u8))
        {
            throw new WeightsUnusableException(file.Name, WeightsProblem.UnknownFormat);
        }

        if (reader.ReadUInt32() is not (2 or 3))
        {
            throw reader.Malformed("version");
        }

        // A tensor takes at least 24 bytes of the header.
        var tensors = reader.ReadCount(TensorTable.CountMax, 24, "tensors");
        Metadata = GgufMetadata.Read(reader, file.Name, reader.ReadUInt64());
        Tensors = ReadTensors(reader, tensors);
        DataOffset = Align(reader);
    }

    /// <summary>The name of the file, without its path.</summary>
    public string Name => _file.Name;

    /// <summary>The keys and values.</summary>
    public GgufMetadata Metadata { get; }

    /// <summary>The tensors, in the order of the file.</summary>
    public IReadOnlyList<GgufTensor> Tensors { get; }

    /// <summary>Where the bytes of tensors begin.</summary>
    public long DataOffset { get; }

    internal MappedWeights Mapped => _file;

    /// <summary>Maps a file and reads its header.</summary>
    /// <exception cref="WeightsUnusableException">The file is absent, or no GGUF that is read.</exception>
    public static GgufFile Open(string path)
    {
        var file = MappedWeights.Open(path);
        try
        {
            return new GgufFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => _file.Dispose();

    private static GgufTensor[] ReadTensors(GgufReader reader, int count)
    {
        var tensors = new GgufTensor[count];
        for (var index = 0; index < count; index++)
        {
            var name = reader.ReadString("tensors");
            var rank = reader.ReadUInt32();
            if (rank is 0 or > DimensionsMax)
            {
                throw reader.Malformed(name);
            }

            // The innermost dimension stands first in the file.
            var dimensions = new long[rank];
            for (var axis = dimensions.Length - 1; axis >= 0; axis--)
            {
                dimensions[axis] = checked((long)Math.Min(reader.ReadUInt64(), long.MaxValue));
            }

            tensors[index] = new GgufTensor(name, reader.ReadUInt32(), dimensions, reader.ReadUInt64());
        }

        return tensors;
    }

    private long Align(GgufReader reader)
    {
        var alignment = Metadata.TryGetInteger("general.alignment", out var stated) ? stated : 32;
        if (alignment is < 8 or > 1 << 20 || alignment % 8 != 0)
        {
            throw reader.Malformed("general.alignment");
        }

        foreach (var tensor in Tensors)
        {
            if (tensor.Offset > long.MaxValue / 2 || tensor.Offset % (ulong)alignment != 0)
            {
                throw reader.Malformed(tensor.Name);
            }
        }

        return (reader.Position + alignment - 1) / alignment * alignment;
    }
}

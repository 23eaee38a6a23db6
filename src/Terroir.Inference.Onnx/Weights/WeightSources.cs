using Terroir.Inference.Onnx.Weights.Gguf;
using Terroir.Inference.Onnx.Weights.Safetensors;

namespace Terroir.Inference.Onnx.Weights;

/// <summary>Opens weights of every format that is read.</summary>
public static class WeightSources
{
    private static readonly string[] PickleExtensions = [".pt", ".pth", ".pkl", ".pickle", ".ckpt"];

    /// <summary>Opens the weights at a path, recognised by what they hold.</summary>
    /// <param name="path">A folder with <c>config.json</c> and <c>*.safetensors</c>, a GGUF file, or a llama2.c
    /// file.</param>
    /// <exception cref="WeightsUnusableException">They are damaged, of another format, or a program.</exception>
    public static IWeightSource Open(string path)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        if (Directory.Exists(path))
        {
            return OpenFolder(path, name);
        }

        if (!File.Exists(path))
        {
            throw new WeightsUnusableException(name, WeightsProblem.Missing);
        }

        var start = ReadStart(path);
        if (IsExecutable(name, start))
        {
            throw new WeightsUnusableException(name, WeightsProblem.Executable);
        }

        if (start.AsSpan().StartsWith("GGUF"u8))
        {
            return GgufSource.Open(path);
        }

        return Llama2cSource.Recognises(path, start)
            ? Llama2cSource.Open(path)
            : throw new WeightsUnusableException(name, WeightsProblem.UnknownFormat);
    }

    private static SafetensorsSource OpenFolder(string path, string name)
    {
        if (Directory.EnumerateFiles(path, "*.safetensors").Any())
        {
            return SafetensorsSource.Open(path);
        }

        var pickle = Directory.EnumerateFiles(path).Order(StringComparer.Ordinal)
            .FirstOrDefault(file => IsExecutable(Path.GetFileName(file), ReadStart(file)));
        throw pickle is null
            ? new WeightsUnusableException(name, WeightsProblem.UnknownFormat)
            : new WeightsUnusableException(Path.GetFileName(pickle), WeightsProblem.Executable);
    }

    // PyTorch writes a ZIP with a pickle in it, or, before 1.6, a pickle of protocol 2.
    private static bool IsExecutable(string name, ReadOnlySpan<byte> start) =>
        PickleExtensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase)
        || start.StartsWith("PK\u0003\u0004"u8)
        || (start.Length >= 2 && start[0] == 0x80 && start[1] is >= 2 and <= 5);

    private static byte[] ReadStart(string path)
    {
        using var file = File.OpenRead(path);
        var start = new byte[Math.Min(file.Length, Llama2cSource.HeaderBytes)];
        file.ReadExactly(start);
        return start;
    }
}

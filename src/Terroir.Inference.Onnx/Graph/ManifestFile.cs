using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Terroir.Inference.Onnx.Graph;

/// <summary>Reads what a graph folder says of itself.</summary>
internal static class ManifestFile
{
    private const int SizeBytesMax = 1 << 20;

    /// <summary>Reads the manifest of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The name of its file.</param>
    /// <param name="json">How it is written.</param>
    /// <param name="isCurrent">Whether this program can use it.</param>
    /// <param name="check">Checks the sizes of the model.</param>
    /// <exception cref="WeightsUnusableException">It is absent, damaged, or of another version.</exception>
    public static T Read<T>(
        string folder,
        string name,
        JsonTypeInfo<T> json,
        Func<T, bool> isCurrent,
        Action<T> check)
        where T : class
    {
        var file = new FileInfo(Path.Combine(folder, name));
        if (!file.Exists)
        {
            throw new WeightsUnusableException(name, WeightsProblem.Missing);
        }

        try
        {
            if (file.Length <= SizeBytesMax
                && JsonSerializer.Deserialize(File.ReadAllBytes(file.FullName), json) is { } manifest
                && isCurrent(manifest))
            {
                check(manifest);
                return manifest;
            }
        }
        catch (JsonException exception)
        {
            throw new WeightsUnusableException(name, WeightsProblem.GraphUnusable, innerException: exception);
        }

        throw new WeightsUnusableException(name, WeightsProblem.GraphUnusable);
    }
}

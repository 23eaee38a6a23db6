using System.Text.Json;

namespace Terroir.Inference.Onnx.Weights.Safetensors;

/// <summary>The weights of a folder with <c>config.json</c> and one or more safetensors files.</summary>
internal sealed class SafetensorsSource : IWeightSource
{
    private const string Config = "config.json";
    private const string Index = "model.safetensors.index.json";
    private const string Single = "model.safetensors";
    private const int FilesMax = 1_000;
    private const long SettingsBytesMax = 64 << 20;

    private readonly List<MappedWeights> _files = [];
    private readonly HashSet<string> _unread = new(StringComparer.Ordinal);
    private readonly TensorTable _tensors;
    private readonly string _name;

    private SafetensorsSource(string folder)
    {
        _name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        _tensors = new TensorTable(_name);
        try
        {
            foreach (var path in FindFiles(folder))
            {
                var file = MappedWeights.Open(path);
                _files.Add(file);
                SafetensorsHeader.Read(file, _tensors, _unread);
            }

            _tensors.ExpectDisjoint();
            using var config = ReadJson(Path.Combine(folder, Config));
            Shape = HuggingFaceShape.Read(Config, config.RootElement, _tensors);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ModelShape Shape { get; }

    public IReadOnlyList<string> Names => _tensors.Names;

    /// <summary>Opens a folder.</summary>
    /// <exception cref="WeightsUnusableException">A file is absent or damaged, or the model is not run.</exception>
    public static SafetensorsSource Open(string folder) => new(folder);

    public WeightTensor GetTensor(string name) => _unread.Contains(name)
        ? throw new WeightsUnusableException(_name, WeightsProblem.UnsupportedType, name)
        : _tensors.Get(name);

    public void Dispose()
    {
        foreach (var file in _files)
        {
            file.Dispose();
        }
    }

    private static JsonDocument ReadJson(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new WeightsUnusableException(file.Name, WeightsProblem.Missing);
        }

        if (file.Length > SettingsBytesMax)
        {
            throw new WeightsUnusableException(file.Name, WeightsProblem.Malformed);
        }

        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException exception)
        {
            throw new WeightsUnusableException(file.Name, WeightsProblem.Malformed, innerException: exception);
        }
    }

    // The files that the index names; without an index the single file, or all there are.
    private static IEnumerable<string> FindFiles(string folder)
    {
        if (File.Exists(Path.Combine(folder, Index)))
        {
            return ReadIndex(folder);
        }

        var single = Path.Combine(folder, Single);
        return File.Exists(single)
            ? [single]
            : Directory.EnumerateFiles(folder, "*.safetensors").Order(StringComparer.Ordinal).Take(FilesMax);
    }

    private static List<string> ReadIndex(string folder)
    {
        using var index = ReadJson(Path.Combine(folder, Index));
        var names = new SortedSet<string>(StringComparer.Ordinal);
        if (index.RootElement.ValueKind != JsonValueKind.Object
            || !index.RootElement.TryGetProperty("weight_map", out var map)
            || map.ValueKind != JsonValueKind.Object)
        {
            throw new WeightsUnusableException(Index, WeightsProblem.Malformed, "weight_map");
        }

        foreach (var entry in map.EnumerateObject())
        {
            // A name with a path in it would read files outside the folder.
            if (entry.Value.ValueKind != JsonValueKind.String
                || entry.Value.GetString() is not { Length: > 0 } name
                || name.AsSpan().IndexOfAny('/', '\\', '\0') >= 0
                || !name.EndsWith(".safetensors", StringComparison.Ordinal)
                || (names.Add(name) && names.Count > FilesMax))
            {
                throw new WeightsUnusableException(Index, WeightsProblem.Malformed, entry.Name);
            }
        }

        return [.. names.Select(name => Path.Combine(folder, name))];
    }
}

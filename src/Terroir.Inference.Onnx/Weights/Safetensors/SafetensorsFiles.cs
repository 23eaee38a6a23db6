using System.Text.Json;

namespace Terroir.Inference.Onnx.Weights.Safetensors;

/// <summary>The safetensors files of one folder: those that an index names, the single one, or all there are.</summary>
internal sealed class SafetensorsFiles : IDisposable
{
    private const string Index = "model.safetensors.index.json";
    private const string Single = "model.safetensors";
    private const int FilesMax = 1_000;
    private const long SettingsBytesMax = 64 << 20;

    private readonly List<MappedWeights> _files = [];
    private readonly HashSet<string> _unread = new(StringComparer.Ordinal);
    private readonly TensorTable _tensors;
    private readonly string _name;

    private SafetensorsFiles(string folder)
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
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The names of the tensors of types that are read, in ordinal order.</summary>
    public IReadOnlyList<string> Names => _tensors.Names;

    /// <summary>The bytes of all files.</summary>
    public long SizeBytes => _files.Sum(file => file.SizeBytes);

    /// <summary>Opens the files of a folder.</summary>
    /// <exception cref="WeightsUnusableException">A file is absent or damaged.</exception>
    public static SafetensorsFiles Open(string folder) => new(folder);

    /// <summary>Reads a file of settings.</summary>
    /// <exception cref="WeightsUnusableException">It is absent, too long, or no JSON.</exception>
    public static JsonDocument ReadJson(string path)
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

    public bool Contains(string name) => _tensors.Contains(name);

    /// <summary>Returns one tensor.</summary>
    /// <exception cref="WeightsUnusableException">There is none, or its type is not read.</exception>
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

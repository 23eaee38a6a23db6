using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Terroir.Inference.Onnx.Weights.Gguf;

/// <summary>The keys and values of a GGUF header. Integers and floats of all widths are read as 64 bits.</summary>
internal sealed class GgufMetadata
{
    /// <summary>More keys than any model has.</summary>
    private const int CountMax = 65_536;

    /// <summary>More elements than any vocabulary has.</summary>
    private const int ElementsMax = 1 << 24;

    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);
    private readonly string _file;

    private GgufMetadata(string file) => _file = file;

    /// <summary>All keys, in ordinal order.</summary>
    public IReadOnlyList<string> Keys => [.. _values.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Reads the pairs that follow the counts of a header.</summary>
    public static GgufMetadata Read(GgufReader reader, string file, ulong count)
    {
        if (count > CountMax)
        {
            throw reader.Malformed("metadata");
        }

        var metadata = new GgufMetadata(file);
        for (var index = 0UL; index < count; index++)
        {
            var key = reader.ReadString("metadata");
            if (!metadata._values.TryAdd(key, ReadValue(reader, key)))
            {
                throw new WeightsUnusableException(file, WeightsProblem.Duplicate, key);
            }
        }

        return metadata;
    }

    /// <summary>Whether there is a value of that key.</summary>
    public bool Contains(string key) => _values.ContainsKey(key);

    public bool TryGetString(string key, [NotNullWhen(true)] out string? value) => TryGet(key, out value);

    public bool TryGetInteger(string key, out long value) => TryGet(key, out value);

    public bool TryGetBoolean(string key, out bool value) => TryGet(key, out value);

    /// <summary>Returns a float, or an integer as one.</summary>
    public bool TryGetNumber(string key, out double value)
    {
        if (_values.GetValueOrDefault(key) is long integer)
        {
            value = integer;
            return true;
        }

        return TryGet(key, out value);
    }

    public bool TryGetStrings(string key, [NotNullWhen(true)] out IReadOnlyList<string>? values) =>
        TryGet(key, out values);

    public bool TryGetIntegers(string key, [NotNullWhen(true)] out IReadOnlyList<long>? values) =>
        TryGet(key, out values);

    public bool TryGetNumbers(string key, [NotNullWhen(true)] out IReadOnlyList<double>? values) =>
        TryGet(key, out values);

    /// <summary>Returns a text that must be there.</summary>
    /// <exception cref="WeightsUnusableException">There is none, or it is no text.</exception>
    public string GetString(string key) => TryGetString(key, out var value) ? value : throw Absent(key);

    /// <summary>Returns an integer that must be there.</summary>
    /// <exception cref="WeightsUnusableException">There is none, or it is no integer of 32 bits.</exception>
    public int GetInteger(string key) =>
        TryGetInteger(key, out var value) && value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw Absent(key);

    private static object ReadValue(GgufReader reader, string key)
    {
        var type = (GgufValueType)reader.ReadUInt32();
        return type switch
        {
            GgufValueType.String => reader.ReadString(key),
            GgufValueType.Array => ReadArray(reader, key),
            GgufValueType.Bool => reader.Take(1)[0] != 0,
            GgufValueType.Float32 or GgufValueType.Float64 => ReadFloat(reader, type),
            _ => ReadInteger(reader, type, key),
        };
    }

    private static object ReadArray(GgufReader reader, string key)
    {
        var type = (GgufValueType)reader.ReadUInt32();
        switch (type)
        {
            case GgufValueType.String:
                return Fill(reader, key, sizeof(ulong), () => reader.ReadString(key));
            case GgufValueType.Float32 or GgufValueType.Float64:
                return Fill(reader, key, type == GgufValueType.Float32 ? 4 : 8, () => ReadFloat(reader, type));
            case GgufValueType.Bool:
                return Fill(reader, key, 1, () => reader.Take(1)[0] != 0);
            case GgufValueType.Array:
                throw reader.Malformed(key);
            default:
                return Fill(reader, key, 1, () => ReadInteger(reader, type, key));
        }
    }

    private static T[] Fill<T>(GgufReader reader, string key, int bytesEach, Func<T> read)
    {
        var values = new T[reader.ReadCount(ElementsMax, bytesEach, key)];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = read();
        }

        return values;
    }

    private static double ReadFloat(GgufReader reader, GgufValueType type) => type == GgufValueType.Float32
        ? BinaryPrimitives.ReadSingleLittleEndian(reader.Take(4))
        : BinaryPrimitives.ReadDoubleLittleEndian(reader.Take(8));

    private static long ReadInteger(GgufReader reader, GgufValueType type, string key) => type switch
    {
        GgufValueType.UInt8 => reader.Take(1)[0],
        GgufValueType.Int8 => (sbyte)reader.Take(1)[0],
        GgufValueType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(reader.Take(2)),
        GgufValueType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(reader.Take(2)),
        GgufValueType.UInt32 => reader.ReadUInt32(),
        GgufValueType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(reader.Take(4)),
        GgufValueType.UInt64 => reader.ReadUInt64() is var value && value <= long.MaxValue
            ? (long)value
            : throw reader.Malformed(key),
        GgufValueType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(reader.Take(8)),
        _ => throw reader.Malformed(key),
    };

    private bool TryGet<T>(string key, [MaybeNullWhen(false)] out T value)
    {
        if (_values.TryGetValue(key, out var found) && found is T typed)
        {
            value = typed;
            return true;
        }

        value = default;
        return false;
    }

    private WeightsUnusableException Absent(string key) =>
        new(_file, _values.ContainsKey(key) ? WeightsProblem.Malformed : WeightsProblem.Incomplete, key);
}

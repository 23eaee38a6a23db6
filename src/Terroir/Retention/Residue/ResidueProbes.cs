using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Terroir.Retention.Residue;

/// <summary>By what the remains of a text are recognised in any file: hashes of windows of its bytes, and of short
/// texts such as names, each in UTF-8, in UTF-16 and as JSON writes it. They show nothing of the text.</summary>
/// <remarks>Rolling hashes as of Karp and Rabin (Efficient randomized pattern-matching algorithms, 1987), modulo 2^64
/// to a random odd base. A window that is not of the text has one of n hashes with a chance of about n /
/// 2^64.</remarks>
public sealed class ResidueProbes
{
    /// <summary>The length of a window in bytes.</summary>
    public const int WindowSizeBytes = 24;

    /// <summary>At least so many bytes of a text in one piece are found, up to 256 KiB of text.</summary>
    public const int RunSizeMinBytes = WindowSizeBytes + StrideMin - 1;

    /// <summary>A name of a person has at least so many bytes; a shorter one is everywhere.</summary>
    public const int NameSizeMinBytes = 6;

    /// <summary>A title or path has at least so many bytes: "Budget" stands in settings as well.</summary>
    public const int TitleSizeMinBytes = 12;

    private const int StrideMin = 16;
    private const int WindowCountMax = 16_384;
    private const int DifferentBytesMin = 7;

    private readonly Dictionary<int, HashSet<ulong>> _hashes = [];

    /// <summary>Makes empty probes with a random base.</summary>
    public ResidueProbes()
        : this(
            BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1,
            new Dictionary<int, ulong[]>())
    {
    }

    /// <summary>Makes probes of what another process kept.</summary>
    /// <param name="base">The base: odd.</param>
    /// <param name="windows">The hashes by the length of what they are of.</param>
    [JsonConstructor]
    public ResidueProbes(ulong @base, IReadOnlyDictionary<int, ulong[]> windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        Base = @base;
        _hashes = windows.ToDictionary(item => item.Key, item => item.Value.ToHashSet());
    }

    /// <summary>The base of the hashes.</summary>
    public ulong Base { get; }

    /// <summary>The hashes by the length of what they are of.</summary>
    public IReadOnlyDictionary<int, ulong[]> Windows =>
        _hashes.OrderBy(item => item.Key).ToDictionary(item => item.Key, item => item.Value.Order().ToArray());

    /// <summary>How many hashes there are.</summary>
    [JsonIgnore]
    public int Count => _hashes.Values.Sum(set => set.Count);

    /// <summary>The lengths that there are.</summary>
    [JsonIgnore]
    internal IReadOnlyDictionary<int, HashSet<ulong>> Sets => _hashes;

    /// <summary>Adds a text in every encoding.</summary>
    /// <param name="text">The text.</param>
    public void AddText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var bytes in Encode(text))
        {
            AddBytes(bytes);
        }
    }

    /// <summary>Adds a short text, such as a name or a path, as a whole, in every encoding.</summary>
    /// <param name="text">The text.</param>
    /// <param name="sizeMinBytes">A shorter one is left out.</param>
    public void AddShort(string text, int sizeMinBytes = NameSizeMinBytes)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var bytes in Encode(text))
        {
            if (bytes.Length > WindowSizeBytes)
            {
                AddBytes(bytes);
            }
            else if (bytes.Length >= sizeMinBytes)
            {
                Add(bytes);
            }
        }
    }

    /// <summary>Adds windows of bytes as they are.</summary>
    /// <param name="bytes">The bytes.</param>
    public void AddBytes(ReadOnlySpan<byte> bytes)
    {
        var stride = Math.Max(StrideMin, bytes.Length / WindowCountMax);
        for (var at = 0; at + WindowSizeBytes <= bytes.Length; at += stride)
        {
            var window = bytes.Slice(at, WindowSizeBytes);
            if (IsDistinctive(window))
            {
                Add(window);
            }
        }
    }

    /// <summary>Some of the probes.</summary>
    internal ResidueProbes Only(IReadOnlySet<ulong> hashes) => new(
        Base,
        _hashes.ToDictionary(item => item.Key, item => item.Value.Where(hashes.Contains).ToArray()));

    /// <summary>The hash of some bytes.</summary>
    internal ulong HashOf(ReadOnlySpan<byte> bytes)
    {
        var hash = 0UL;
        foreach (var value in bytes)
        {
            hash = (hash * Base) + value + 1;
        }

        return hash;
    }

    /// <summary>What a byte weighs that leaves a window of a length.</summary>
    internal ulong WeightOf(int length)
    {
        var weight = 1UL;
        for (var i = 1; i < length; i++)
        {
            weight *= Base;
        }

        return weight;
    }

    // Runs of one byte, rules of dashes and tables of numbers stand in files of all kinds.
    private static bool IsDistinctive(ReadOnlySpan<byte> window)
    {
        var (low, high, upper) = (0UL, 0UL, 0UL);
        foreach (var value in window)
        {
            switch (value >> 6)
            {
                case 0:
                    low |= 1UL << value;
                    break;
                case 1:
                    high |= 1UL << (value & 63);
                    break;
                default:
                    upper |= 1UL << (value & 63);
                    break;
            }
        }

        return BitOperations.PopCount(low) + BitOperations.PopCount(high) + BitOperations.PopCount(upper)
            >= DifferentBytesMin;
    }

    private static IEnumerable<byte[]> Encode(string text)
    {
        yield return Encoding.UTF8.GetBytes(text);
        yield return Encoding.Unicode.GetBytes(text);
        var json = System.Text.Json.JsonEncodedText.Encode(text).EncodedUtf8Bytes.ToArray();
        if (json.Length != Encoding.UTF8.GetByteCount(text))
        {
            yield return json;
        }
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        if (!_hashes.TryGetValue(bytes.Length, out var set))
        {
            _hashes[bytes.Length] = set = [];
        }

        set.Add(HashOf(bytes));
    }
}

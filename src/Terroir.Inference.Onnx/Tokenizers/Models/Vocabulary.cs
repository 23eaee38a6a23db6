using System.Text;

namespace Terroir.Inference.Onnx.Tokenizers.Models;

/// <summary>The spelling of each token. Immutable.</summary>
/// <remarks>Two tokens may be spelled alike in files of llama.cpp; the first is found.</remarks>
internal sealed class Vocabulary
{
    private readonly string?[] _spellings;
    private readonly Dictionary<string, int> _ids;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <summary>Makes a vocabulary.</summary>
    /// <param name="spellings">The spelling of each id; <see langword="null"/> for an id that is not used.</param>
    public Vocabulary(string?[] spellings)
    {
        _spellings = spellings;
        _ids = new Dictionary<string, int>(spellings.Length, StringComparer.Ordinal);
        for (var id = 0; id < spellings.Length; id++)
        {
            if (spellings[id] is { } spelling)
            {
                _ids.TryAdd(spelling, id);
            }
        }

        _lookup = _ids.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>How many ids there are.</summary>
    public int Count => _spellings.Length;

    /// <summary>The same vocabulary without some tokens, which then come out of no text.</summary>
    public Vocabulary Without(IReadOnlySet<int> ids) =>
        new([.. _spellings.Select((spelling, id) => ids.Contains(id) ? null : spelling)]);

    /// <summary>The spelling of a token; empty for an id that is not used.</summary>
    public string this[int id] => _spellings[id] ?? "";

    /// <summary>Finds a token.</summary>
    public bool TryFind(ReadOnlySpan<char> spelling, out int id) => _lookup.TryGetValue(spelling, out id);

    /// <summary>Finds a token; <see langword="null"/> if there is none.</summary>
    public int? Find(ReadOnlySpan<char> spelling) => _lookup.TryGetValue(spelling, out var id) ? id : null;

    /// <summary>Finds the token of one code point.</summary>
    public bool TryFind(Rune rune, out int id)
    {
        Span<char> spelling = stackalloc char[2];
        return TryFind(spelling[..rune.EncodeToUtf16(spelling)], out id);
    }
}

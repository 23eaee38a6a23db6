using System.Text;

namespace Terroir.Inference.Onnx.Tokenizers.Models;

/// <summary>Finds all texts of a set that a text begins with, one code point after another.</summary>
internal sealed class RuneTrie
{
    /// <summary>Where a search begins.</summary>
    public const int Root = 0;

    private readonly Dictionary<long, int> _children = [];
    private readonly Dictionary<int, int> _values = [];

    /// <summary>Adds a text that is not empty; of equal texts the first stays.</summary>
    public void Add(string text, int value)
    {
        var node = Root;
        foreach (var rune in text.EnumerateRunes())
        {
            var key = Key(node, rune);
            if (!_children.TryGetValue(key, out var child))
            {
                child = _children.Count + 1;
                _children.Add(key, child);
            }

            node = child;
        }

        if (node != Root)
        {
            _values.TryAdd(node, value);
        }
    }

    /// <summary>Goes on by a code point.</summary>
    /// <returns>Whether some text goes on so.</returns>
    public bool TryStep(ref int node, Rune rune) => _children.TryGetValue(Key(node, rune), out node);

    /// <summary>The value of the text that ends here; <see langword="null"/> if none does.</summary>
    public int? FindValue(int node) => _values.TryGetValue(node, out var value) ? value : null;

    private static long Key(int node, Rune rune) => ((long)node << 32) | (uint)rune.Value;
}

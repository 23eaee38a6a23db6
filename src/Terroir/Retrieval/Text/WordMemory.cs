using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Terroir.Retrieval.Text;

/// <summary>What a chain made of the words that it met: a pure function, remembered.</summary>
/// <remarks>Safe to call from several threads. What is remembered changes the time of an answer and nothing else.
/// </remarks>
internal sealed class WordMemory
{
    /// <summary>Words beyond this empty the memory. A working vocabulary fits; a full memory takes about 20 MB
    /// (modelled: two strings and a node of the dictionary for each word).</summary>
    internal const int WordCountMax = 131_072;

    private readonly Func<string, WordTerm> _analyze;
    private readonly ConcurrentDictionary<string, WordTerm> _words = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, WordTerm>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private int _count;

    public WordMemory(Func<string, WordTerm> analyze)
    {
        _analyze = analyze;
        _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Finds the term of a word; its term is empty for a stop word.</summary>
    public WordTerm Find(ReadOnlySpan<char> word)
    {
        if (_lookup.TryGetValue(word, out var known))
        {
            return known;
        }

        var text = word.ToString();
        var term = _analyze(text);
        if (_words.TryAdd(text, term) && Interlocked.Increment(ref _count) > WordCountMax)
        {
            Interlocked.Exchange(ref _count, 0);
            _words.Clear();
        }

        return term;
    }
}

/// <summary>The term of a word, or the empty string for a stop word, and how many characters an elision takes.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WordTerm(string Term, int Skip);

using System.Numerics;
using System.Runtime.InteropServices;

namespace Terroir.Retrieval;

/// <summary>A bitmap in little memory, to be kept: of each 65,536 bits the smallest of sorted numbers, runs and the
/// bits themselves (Roaring bitmaps; Lemire, Ssi-Yan-Kai and Kaser, 2016). Immutable.</summary>
internal sealed class PackedSet
{
    private const int WordBits = 64;
    private const int ContainerWords = 65_536 / WordBits;
    private const int BitsPerNumber = 16;

    // What an array and its place among the containers take beside the numbers.
    private const int ContainerSizeBytes = 40;

    private readonly Container[] _containers;
    private readonly int _wordCount;

    private PackedSet(Container[] containers, int wordCount)
    {
        _containers = containers;
        _wordCount = wordCount;
    }

    private enum Form
    {
        /// <summary>The numbers of the bits that are set, ascending.</summary>
        Numbers,

        /// <summary>The first number of each run, and how many follow it.</summary>
        Runs,

        /// <summary>The bits.</summary>
        Bits,
    }

    /// <summary>What it takes in memory.</summary>
    public long SizeBytes =>
        _containers.Sum(container => ContainerSizeBytes + ((long)container.Numbers.Length * sizeof(ushort)));

    /// <summary>Packs a bitmap.</summary>
    public static PackedSet Of(ReadOnlySpan<ulong> words)
    {
        var containers = new Container[(words.Length + ContainerWords - 1) / ContainerWords];
        for (var index = 0; index < containers.Length; index++)
        {
            var start = index * ContainerWords;
            containers[index] = Pack(words[start..Math.Min(words.Length, start + ContainerWords)]);
        }

        return new PackedSet(containers, words.Length);
    }

    /// <summary>The bitmap.</summary>
    public ulong[] Unpack()
    {
        var words = new ulong[_wordCount];
        for (var index = 0; index < _containers.Length; index++)
        {
            Unpack(_containers[index], words.AsSpan(index * ContainerWords));
        }

        return words;
    }

    private static Container Pack(ReadOnlySpan<ulong> words)
    {
        var (count, runCount, before) = (0, 0, 0UL);
        foreach (var word in words)
        {
            count += BitOperations.PopCount(word);

            // A run begins at a bit whose lower neighbour is not set.
            runCount += BitOperations.PopCount(word & ~((word << 1) | (before >> (WordBits - 1))));
            before = word;
        }

        var bitsLength = words.Length * (WordBits / BitsPerNumber);
        return count <= runCount * 2 && count <= bitsLength ? new Container(Form.Numbers, NumbersOf(words, count))
            : runCount * 2 <= bitsLength ? new Container(Form.Runs, RunsOf(words, runCount))
            : new Container(Form.Bits, MemoryMarshal.Cast<ulong, ushort>(words).ToArray());
    }

    private static ushort[] NumbersOf(ReadOnlySpan<ulong> words, int count)
    {
        var (numbers, at) = (new ushort[count], 0);
        for (var word = 0; word < words.Length; word++)
        {
            for (var bits = words[word]; bits != 0; bits &= bits - 1)
            {
                numbers[at++] = (ushort)((word * WordBits) + BitOperations.TrailingZeroCount(bits));
            }
        }

        return numbers;
    }

    private static ushort[] RunsOf(ReadOnlySpan<ulong> words, int runCount)
    {
        var (runs, at, isIn) = (new ushort[runCount * 2], 0, false);
        for (var number = 0; number < words.Length * WordBits; number++)
        {
            var isSet = ((words[number / WordBits] >> number) & 1) != 0;
            if (isSet && isIn)
            {
                runs[at - 1]++;
            }
            else if (isSet)
            {
                runs[at] = (ushort)number;
                at += 2;
            }

            isIn = isSet;
        }

        return runs;
    }

    private static void Unpack(Container container, Span<ulong> words)
    {
        var numbers = container.Numbers;
        switch (container.Form)
        {
            case Form.Numbers:
                foreach (var number in numbers)
                {
                    words[number / WordBits] |= 1UL << number;
                }

                break;
            case Form.Runs:
                for (var run = 0; run < numbers.Length; run += 2)
                {
                    Fill(words, numbers[run], numbers[run] + numbers[run + 1]);
                }

                break;
            default:
                numbers.CopyTo(MemoryMarshal.Cast<ulong, ushort>(words));
                break;
        }
    }

    private static void Fill(Span<ulong> words, int first, int last)
    {
        var (from, to) = (first / WordBits, last / WordBits);
        var (head, tail) = (ulong.MaxValue << first, ulong.MaxValue >> (WordBits - 1 - (last % WordBits)));
        if (from == to)
        {
            words[from] |= head & tail;
            return;
        }

        words[from] |= head;
        words[(from + 1)..to].Fill(ulong.MaxValue);
        words[to] |= tail;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Container(Form Form, ushort[] Numbers);
}

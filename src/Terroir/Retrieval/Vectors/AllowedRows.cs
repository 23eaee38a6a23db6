namespace Terroir.Retrieval.Vectors;

/// <summary>The rows of one block that a search may look at, in the order of the block. Immutable; made once for a
/// set of permissions and used for many searches.</summary>
internal sealed class AllowedRows
{
    private const int WordBits = 64;

    private readonly ulong[] _words;

    /// <summary>Finds the rows of a block whose numbers are allowed.</summary>
    /// <param name="numbers">The number of each row of the block.</param>
    /// <param name="allowed">A bit for each number, the least first; numbers beyond its end are not allowed.</param>
    public AllowedRows(ReadOnlySpan<int> numbers, ReadOnlySpan<ulong> allowed)
    {
        _words = new ulong[(numbers.Length + WordBits - 1) / WordBits];
        for (var row = 0; row < numbers.Length; row++)
        {
            if (IsAllowed(numbers[row], allowed))
            {
                _words[row / WordBits] |= 1UL << (row % WordBits);
                Count++;
            }
        }

        RowCount = numbers.Length;
    }

    /// <summary>How many rows are allowed.</summary>
    public int Count { get; }

    /// <summary>How many rows the block has.</summary>
    public int RowCount { get; }

    /// <summary>A bit for each row, the least first.</summary>
    public ReadOnlySpan<ulong> Words => _words;

    /// <summary>Whether a bitmap allows a number.</summary>
    public static bool IsAllowed(int number, ReadOnlySpan<ulong> allowed) =>
        number >= 0
        && number / WordBits < allowed.Length
        && (allowed[number / WordBits] & (1UL << (number % WordBits))) != 0;
}

using CsCheck;
using Terroir.Retrieval;

namespace Terroir.Tests.Retrieval;

public sealed class PackedSetTests
{
    private static readonly Gen<ulong> Word = Gen.Frequency(
        (6, Gen.Const(0UL)),
        (4, Gen.Const(ulong.MaxValue)),
        (2, Gen.Int[0, 63].Select(bit => 1UL << bit)),
        (2, Gen.Int[0, 63].Select(bit => ulong.MaxValue << bit)),
        (1, Gen.ULong));

    // Stretches of one kind, so that each form is the smallest somewhere; up to two containers and a part of one.
    private static readonly Gen<ulong[]> Words = Gen.Select(Word, Gen.ULong, Gen.Bool, Gen.Int[1, 700])
        .Select((word, seed, isRandom, length) => Stretch(word, seed, isRandom, length))
        .Array[0, 6]
        .Select(stretches => stretches.SelectMany(stretch => stretch).ToArray());

    [Fact]
    public void What_is_unpacked_is_what_was_packed() =>
        Words.Sample(words => Assert.Equal(words, PackedSet.Of(words).Unpack()), iter: 400);

    [Fact]
    public void It_never_takes_much_more_than_the_bits() =>
        Words.Sample(words =>
            Assert.True(PackedSet.Of(words).SizeBytes <= (words.Length * 8) + (((words.Length / 1_024) + 1) * 40)));

    [Fact]
    public void Few_documents_and_long_runs_take_little()
    {
        var few = new ulong[10_000];
        foreach (var document in Enumerable.Range(0, 640))
        {
            few[document * 15] |= 1UL << (document % 64);
        }

        var runs = new ulong[10_000];
        runs.AsSpan(100, 9_000).Fill(ulong.MaxValue);

        Assert.True(PackedSet.Of(few).SizeBytes < 2_000);
        Assert.True(PackedSet.Of(runs).SizeBytes < 500);
        Assert.True(PackedSet.Of(new ulong[10_000]).SizeBytes < 500);
    }

    private static ulong[] Stretch(ulong word, ulong seed, bool isRandom, int length)
    {
        var random = new Random((int)(seed & int.MaxValue));
        return [.. Enumerable.Range(0, length).Select(_ => isRandom ? (ulong)random.NextInt64() : word)];
    }
}

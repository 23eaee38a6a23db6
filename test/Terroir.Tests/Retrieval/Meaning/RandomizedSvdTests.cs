using CsCheck;
using Terroir.Retrieval.Meaning;

namespace Terroir.Tests.Retrieval.Meaning;

public sealed class RandomizedSvdTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Eigenvectors_give_the_matrix_back() =>
        Gen.Double[-1, 1].Array[6].Array[6].Sample(rows =>
        {
            var matrix = Product(rows);
            var (values, vectors) = SymmetricEigen.Decompose(Product(rows), Stop);

            Assert.Equal(values.OrderDescending(), values);
            for (var row = 0; row < 6; row++)
            {
                for (var column = 0; column < 6; column++)
                {
                    var sum = Enumerable.Range(0, 6).Sum(k => values[k] * vectors[k][row] * vectors[k][column]);
                    var product = Enumerable.Range(0, 6).Sum(k => vectors[row][k] * vectors[column][k]);

                    Assert.Equal(matrix[row][column], sum, 1e-9);
                    Assert.Equal(row == column ? 1 : 0, product, 1e-9);
                }
            }
        });

    // A matrix of few directions lies wholly in what is found; noise would not.
    [Fact]
    public void A_matrix_of_low_rank_is_found_whole() =>
        Gen.Int[1, 6].Select(Gen.Int).Sample(
            (rank, seed) =>
            {
                var random = new Random(seed);
                var matrix = LowRank(random, rank, rows: 40, columns: 30);
                var vectors = RandomizedSvd.RightVectors(matrix, Seeds(30), 8, 8, Stop);
                foreach (var row in Enumerable.Range(0, matrix.RowCount).Select(row => matrix.Row(row).ToArray()))
                {
                    var seen = Enumerable.Range(0, 8)
                        .Sum(k => Math.Pow(row.Sum(entry => entry.Value * vectors.Row(entry.Column)[k]), 2));

                    Assert.Equal(row.Sum(entry => Math.Pow(entry.Value, 2)), seen, 1e-3);
                }
            },
            iter: 20);

    [Fact]
    public void Sums_are_the_same_with_and_without_vector_instructions() =>
        Gen.Select(Gen.Float[-10, 10].Array[32], Gen.Float[-10, 10].Array[32]).Sample((left, right) =>
        {
            var lanes = new float[8];
            for (var index = 0; index < 32; index++)
            {
                var product = left[index] * right[index];
                lanes[index % 8] += product;
            }

            var half = Enumerable.Range(0, 4).Select(lane => lanes[lane] + lanes[lane + 4]).ToArray();
            var sum = (half[0] + half[2]) + (half[1] + half[3]);

            Assert.Equal(BitConverter.SingleToInt32Bits(sum), Bits(VectorLanes.Dot(left, right)));
        });

    private static int Bits(float value) => BitConverter.SingleToInt32Bits(value);

    private static double[][] Product(double[][] rows) =>
        [.. rows.Select(left => rows.Select(right => left.Zip(right, (x, y) => x * y).Sum()).ToArray())];

    private static ulong[] Seeds(int count) => [.. Enumerable.Range(1, count).Select(number => (ulong)number * 7919)];

    private static SparseMatrix LowRank(Random random, int rank, int rows, int columns)
    {
        var directions = Enumerable.Range(0, rank)
            .Select(_ => Enumerable.Range(0, columns).Select(_ => random.NextDouble() - 0.5).ToArray())
            .ToArray();
        var entries = new List<SparseEntry>();
        for (var row = 0; row < rows; row++)
        {
            var parts = directions.Select(direction => (direction, Share: random.NextDouble() - 0.5)).ToArray();
            entries.AddRange(Enumerable.Range(0, columns).Select(column =>
                new SparseEntry(column, (float)parts.Sum(part => part.Share * part.direction[column]))));
        }

        return new SparseMatrix(columns, [.. Enumerable.Range(1, rows).Select(row => row * columns)], [.. entries]);
    }
}

namespace Terroir.Retrieval.Vectors;

/// <summary>Vectors divided into lists.</summary>
/// <param name="Mean">The mean of all vectors, of the rows' stride.</param>
/// <param name="Centres">The centre of each list, one after the other, each of the rows' stride.</param>
/// <param name="Starts">Where each list begins in <paramref name="Order"/>; one entry more than lists.</param>
/// <param name="Order">The rows, list after list.</param>
internal sealed record Clusters(float[] Mean, float[] Centres, int[] Starts, int[] Order)
{
    public int ListCount => Starts.Length - 1;

    /// <summary>The list that a place in <see cref="Order"/> belongs to.</summary>
    public int ListAt(int place)
    {
        var found = Array.BinarySearch(Starts, place);
        if (found < 0)
        {
            return ~found - 1;
        }

        // Empty lists begin where the next one does: the last of them has the row.
        while (Starts[found + 1] == place)
        {
            found++;
        }

        return found;
    }
}

using Terroir.Retrieval.Vectors.Kernels;

namespace Terroir.Retrieval.Vectors;

/// <summary>The greatest score that a list's rows can have, by the distance of its centre and its radii.</summary>
/// <remarks>A row at the distance ρ from the centre, which is at the distance d from the query, is at least
/// d² + ρ² − 2dρτ away, where τ is the greatest cosine. With τ = 1 that is the triangle inequality, and holds
/// always.</remarks>
internal readonly unsafe ref struct ListBounds<TKernels>
    where TKernels : struct, IVectorKernels
{
    private readonly BlockTask _task;
    private readonly float _slack;
    private readonly float _deviation;

    /// <summary>Prepares the bounds of one search.</summary>
    /// <param name="task">The search.</param>
    /// <param name="slack">What rounding can hide.</param>
    public ListBounds(BlockTask task, float slack)
    {
        _task = task;
        _slack = slack;
        _deviation = task.Bounds is { } bounds
            ? bounds.Deviations * MathF.Sqrt(Header.Gain / (Format.CodeLength - 1))
            : 1;
    }

    private VectorBlockHeader Header => _task.Block.Header;

    private VectorBlockFormat Format => _task.Block.Format;

    private PreparedQuery Query => _task.Scratch.Query;

    private bool IsExact => _task.Bounds is null;

    /// <summary>Computes the bounds of all lists and fills the queue.</summary>
    public void Compute()
    {
        var radii = (float*)_task.Block.At(VectorSection.Radii);
        var distances = _task.Scratch.ListDistances;
        var bounds = _task.Scratch.ListBounds;
        for (var list = 0; list < distances.Length; list++)
        {
            var squared = TKernels.SquaredDistance(Query.Values, Centre(list), Format.Stride);
            distances[list] = MathF.Sqrt(squared);
            bounds[list] = Bound(list, squared, distances[list], radii[2 * list], radii[(2 * list) + 1]) + _slack;
        }

        _task.Scratch.Lists.Fill(bounds);
    }

    /// <summary>What the rows of a list are scanned with.</summary>
    public ScanConstants Constants(int list)
    {
        var distance = _task.Scratch.ListDistances[list];
        var shared = Header.Metric == VectorMetric.SquaredL2
            ? -distance * distance
            : TKernels.Dot(Query.Values, Centre(list), Format.Stride);
        return new ScanConstants
        {
            Tables = Query.Tables,
            GroupCount = Format.CodeLength / BitBlock.GroupSize,
            Step = Query.TableStep,
            Shift = IsExact ? Query.TableShift + Query.TableError : Query.TableShift,
            Base = IsExact ? shared + _slack : shared,
            Gain = IsExact ? 1 : Header.Gain,
            Width = _deviation * distance,
        };
    }

    private float* Centre(int list) =>
        (float*)_task.Block.At(VectorSection.Centres) + ((long)(list + 1) * Format.Stride);

    private float Bound(int list, float squared, float distance, float least, float greatest)
    {
        var cosine = _task.Bounds?.Cosine ?? 1;
        var radius = Math.Min(Math.Max(distance * cosine, least), greatest);
        var nearest = squared + (radius * (radius - (2 * distance * cosine)));
        if (Header.Metric == VectorMetric.SquaredL2)
        {
            return -nearest;
        }

        // ⟨q,x⟩ = (‖q‖² + ‖x‖² − ‖q−x‖²) / 2, and ⟨q,x⟩ ≤ ⟨q,c⟩ + ‖q‖‖x−c‖.
        var byDistance = ((Query.Norm * Query.Norm) + (Header.NormMax * Header.NormMax) - nearest) / 2;
        return IsExact
            ? Math.Min(byDistance, TKernels.Dot(Query.Values, Centre(list), Format.Stride) + (Query.Norm * greatest))
            : byDistance;
    }
}

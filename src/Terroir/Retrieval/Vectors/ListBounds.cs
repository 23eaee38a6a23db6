using Terroir.Retrieval.Vectors.Kernels;

namespace Terroir.Retrieval.Vectors;

/// <summary>The greatest score that a list's rows can have, by the distance of its centre and its radii.</summary>
/// <remarks>
/// <para>A row at the distance ρ from the centre, which is at the distance d from the query, is at least
/// d² + ρ² − 2dρτ away, where τ is the greatest cosine. With τ = 1 that is the triangle inequality, and holds
/// always.</para>
/// <para>Lists are ranked by distances from the centres' codes, with what those can be wrong by where the result must
/// be exact; the distance itself is computed for lists that are visited.</para>
/// </remarks>
internal readonly unsafe ref struct ListBounds<TKernels>
    where TKernels : struct, IVectorKernels
{
    private readonly BlockTask _task;
    private readonly float _slack;
    private readonly float _deviation;
    private readonly float* _radii;

    /// <summary>Prepares the bounds of one search.</summary>
    /// <param name="task">The search; the query's bytes and tables are set.</param>
    /// <param name="slack">What rounding can hide.</param>
    public ListBounds(BlockTask task, float slack)
    {
        _task = task;
        _slack = slack;
        _radii = (float*)task.Block.At(VectorSection.Radii);
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
        var scores = new CodeScores<TKernels>(_task.Block, Query, VectorMetric.SquaredL2, _task.Bounds, _slack);
        var codes = _task.Block.At(VectorSection.CentreCodes);
        var bounds = _task.Scratch.ListBounds;
        for (var list = 0; list < bounds.Length; list++)
        {
            var code = codes + ((long)list * Format.CoarseSizeBytes);
            var squared = -scores.Coarse(code, scores.Product(code), out var error);
            bounds[list] = Bound(list, squared, IsExact ? error : 0);
        }

        _task.Scratch.Lists.Fill(bounds);
    }

    /// <summary>Takes the list that promises most.</summary>
    /// <param name="threshold">The least score that matters.</param>
    /// <param name="list">The list.</param>
    /// <param name="constants">What its rows are scanned with.</param>
    /// <returns>False when no list can have such a score.</returns>
    public bool TryTake(float threshold, out int list, out ScanConstants constants)
    {
        while (_task.Scratch.Lists.TryTake(out list, out var bound) && bound >= threshold)
        {
            var squared = TKernels.SquaredDistance(Query.Values, Centre(list), Format.Stride);
            var shared = Header.Metric == VectorMetric.SquaredL2
                ? -squared
                : TKernels.Dot(Query.Values, Centre(list), Format.Stride);
            if (Bound(list, squared, error: 0) >= threshold && ProductBound(list, shared) >= threshold)
            {
                constants = Constants(squared, shared);
                return true;
            }
        }

        constants = default;
        return false;
    }

    private ScanConstants Constants(float squared, float shared) => new()
    {
        Tables = Query.Tables,
        GroupCount = Format.CodeLength / BitBlock.GroupSize,
        Step = Query.TableStep,
        Shift = IsExact ? Query.TableShift + Query.TableError : Query.TableShift,
        Base = IsExact ? shared + _slack : shared,
        Gain = IsExact ? 1 : Header.Gain,
        Width = _deviation * MathF.Sqrt(squared),
    };

    // ⟨q,x⟩ ≤ ⟨q,c⟩ + ‖q‖‖x−c‖
    private float ProductBound(int list, float product) =>
        Header.Metric == VectorMetric.InnerProduct && IsExact
            ? product + (Query.Norm * _radii[(2 * list) + 1]) + _slack
            : float.PositiveInfinity;

    private float* Centre(int list) =>
        (float*)_task.Block.At(VectorSection.Centres) + ((long)(list + 1) * Format.Stride);

    // The squared distance of the centre may be wrong by the error.
    private float Bound(int list, float squared, float error)
    {
        var cosine = _task.Bounds?.Cosine ?? 1;
        var (least, greatest) = (_radii[2 * list], _radii[(2 * list) + 1]);
        var near = MathF.Sqrt(MathF.Max(0, squared - error));
        var far = MathF.Sqrt(MathF.Max(0, squared) + error);

        // The radius that a row nearest to the query has, and how near that is.
        var radius = MathF.Min(MathF.Max(near * cosine, least), greatest);
        var distance = MathF.Min(MathF.Max(radius, near), far);
        var nearest = (distance * distance) + (radius * (radius - (2 * distance * cosine)));
        return Header.Metric == VectorMetric.SquaredL2
            ? _slack - nearest

            // ⟨q,x⟩ = (‖q‖² + ‖x‖² − ‖q−x‖²) / 2
            : _slack + (((Query.Norm * Query.Norm) + (Header.NormMax * Header.NormMax) - nearest) / 2);
    }
}

using Terroir.Retrieval.Vectors.Kernels;

namespace Terroir.Retrieval.Vectors;

/// <summary>Scores every allowed vector of a tail.</summary>
internal static unsafe class TailSearch<TKernels>
    where TKernels : struct, IVectorKernels
{
    public static void Run(TailTask task, TopHits hits)
    {
        var rows = task.Tail.Stored;
        var count = rows.Count;
        for (var row = 0; row < count; row++)
        {
            if (task.Allowed is { } allowed && !AllowedRows.IsAllowed(rows.Number(row), allowed.Span))
            {
                continue;
            }

            var score = ExactScore<TKernels>.Of(task.Tail.Metric, task.Query.Values, rows.Row(row), rows.Stride);
            hits.Offer(score, task.SourceNumber, task.Tail, row);
        }
    }
}

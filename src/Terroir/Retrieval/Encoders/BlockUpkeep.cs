using Terroir.Catalog;
using Terroir.Retrieval.Vectors;

namespace Terroir.Retrieval.Encoders;

/// <summary>Decides which blocks of vectors are written anew, and writes them: few blocks, and few vectors of documents
/// that are gone.</summary>
internal static class BlockUpkeep
{
    /// <summary>Blocks of one encoder beyond this are merged, the smallest first.</summary>
    internal const int BlockCountMax = 8;

    /// <summary>A block is written anew when more than one in so many of its vectors is of a document that is gone or
    /// has changed.</summary>
    internal const int DeadShare = 8;

    /// <summary>Finds the next change that keeps the blocks tidy.</summary>
    /// <param name="plan">The collection.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The change, or <see langword="null"/> if nothing is due.</returns>
    public static VectorChange? Next(EmbeddingPlan plan, CancellationToken cancellationToken)
    {
        var needed = new[] { plan.Current, plan.InForce }.OfType<EncoderName>().Select(name => name.Card).ToHashSet();
        if (plan.Current is not null
            && plan.Blocks.Where(block => !needed.Contains(block.Encoder.Card)).ToArray() is { Length: > 0 } unused)
        {
            return new VectorChange { Leaving = [.. unused.Select(block => block.Row.Hash)] };
        }

        foreach (var group in plan.Blocks.GroupBy(block => block.Encoder.Card).OrderBy(group => group.Key))
        {
            PlannedBlock[] blocks = [.. group];
            if (Pick(blocks) is { Count: > 0 } inputs)
            {
                var isInForce = inputs.Exists(block => block.Source.File.IsInForce);
                return Rewrite(inputs, isInForce, cancellationToken);
            }
        }

        return null;
    }

    /// <summary>Drafts what puts an encoder in force: its smallest block says so from now on, and the blocks of others
    /// go.</summary>
    /// <param name="plan">The collection, all of whose passages have vectors of the current encoder.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The change, for this generation alone.</returns>
    public static VectorChange Switch(EmbeddingPlan plan, CancellationToken cancellationToken)
    {
        var smallest = Smallest(plan.BlocksOf(plan.Current!));
        var change = Rewrite([smallest], isInForce: true, cancellationToken);
        var others = plan.Blocks.Where(block => block.Encoder.Card != plan.Current!.Card);
        return change with
        {
            Leaving = [.. change.Leaving, .. others.Select(block => block.Row.Hash)],
            After = plan.Head.Generation,
        };
    }

    /// <summary>Drafts what writes a block anew, without the vectors of documents that are gone.</summary>
    /// <param name="plan">The collection.</param>
    /// <param name="hash">The block.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The change, or <see langword="null"/> if the collection has no such block any more.</returns>
    public static VectorChange? Renew(EmbeddingPlan plan, ContentHash hash, CancellationToken cancellationToken)
    {
        if (plan.Blocks.FirstOrDefault(block => block.Row.Hash == hash) is not { } renewed)
        {
            return null;
        }

        var inputs = WithItsFlag([renewed], plan.BlocksOf(renewed.Encoder));
        return Rewrite(inputs, inputs.Exists(block => block.Source.File.IsInForce), cancellationToken);
    }

    /// <summary>Chooses the blocks of one encoder that are written anew together.</summary>
    internal static List<PlannedBlock> Pick(IReadOnlyList<PlannedBlock> blocks)
    {
        var inputs = blocks.Where(block => block.DeadVectorCount * DeadShare > block.Row.PassageCount).ToList();
        if (inputs.Count == 0)
        {
            var picked = SegmentMerging.PickInputs([.. blocks.Select(block => block.Row)], BlockCountMax);
            inputs.AddRange(blocks.Where(block => picked.Contains(block.Row)));
        }

        return WithItsFlag(inputs, blocks);
    }

    // What says that the encoder is in force must not go with the last document of its block.
    private static List<PlannedBlock> WithItsFlag(List<PlannedBlock> inputs, IReadOnlyList<PlannedBlock> blocks)
    {
        if (inputs.Exists(block => block.Source.File.IsInForce)
            && inputs.TrueForAll(block => block.LiveVectorCount == 0)
            && blocks.Except(inputs).ToArray() is { Length: > 0 } rest)
        {
            inputs.Add(Smallest(rest));
        }

        return inputs;
    }

    private static PlannedBlock Smallest(IEnumerable<PlannedBlock> blocks) =>
        blocks.OrderBy(block => block.Row.SizeBytes).ThenBy(block => block.Row.Hash).First();

    private static VectorChange Rewrite(
        IReadOnlyList<PlannedBlock> inputs,
        bool isInForce,
        CancellationToken cancellationToken)
    {
        PassageVectorBuilder? builder = null;
        foreach (var input in inputs)
        {
            using var block = input.Source.OpenBlock();
            builder ??= new PassageVectorBuilder(input.Encoder, block.Format.Dimensions, isInForce);
            Copy(input, block, builder);
        }

        ContentHash[] leaving = [.. inputs.Select(input => input.Row.Hash)];
        return builder?.ToChange(leaving, cancellationToken) ?? new VectorChange { Leaving = leaving };
    }

    private static void Copy(PlannedBlock input, VectorBlock block, PassageVectorBuilder builder)
    {
        var rows = new int[block.Count];
        for (var row = 0; row < rows.Length; row++)
        {
            var number = block.Number(row);
            rows[number >= 0 && number < rows.Length ? number : throw new BlobCorruptException("vector block")] = row;
        }

        foreach (var document in input.Live)
        {
            builder.Add(
                document.Number,
                document.Content,
                [.. Enumerable.Range(document.First, document.Count).Select(number =>
                    block.Vector(rows[number]).ToArray())]);
        }
    }
}

using System.Runtime.InteropServices;
using Microsoft.Extensions.AI;
using Terroir.Retrieval.Encoders;
using Terroir.Retrieval.Vectors;

namespace Terroir.Retrieval.Fusion;

/// <summary>Adds to the words' scores how near a document's best passage is to the query for an encoder, and lets
/// documents join that hold no word of the query.</summary>
/// <remarks>
/// <para>The nearest passages are those of a scan over what the asker may read, bit for bit
/// (<see cref="VectorSearchMode.Exact"/>). Cosines of encoders lie close together and nowhere near 0, so likeness is
/// counted from that of the farthest candidate up to the best one (minimum and maximum normalisation: Bruch, Gai and
/// Ingber, 2023). Both are readable, so nothing else moves a score.</para>
/// <para>An encoder whose server does not answer adds nothing: the host logs that.</para>
/// <para>What is added is on the scale of the words' scores, as by <see cref="MeaningLeg"/>.</para>
/// </remarks>
internal static class EncoderLeg
{
    /// <summary>How many passages are candidates, for each encoder.</summary>
    internal const int CandidateCount = 256;

    /// <summary>A document without a word of the query joins if its likeness is above this share of the best one.
    /// </summary>
    internal const double JoinShare = 0.5;

    /// <summary>Fuses.</summary>
    /// <param name="scoring">The words' scores, which are raised.</param>
    /// <param name="query">The query in plain language.</param>
    /// <param name="bestScore">The best score of words; 0 if no document holds one.</param>
    /// <param name="mayJoin">Whether documents without a score may join.</param>
    /// <param name="collections">The collections whose encoder is in force and here.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>What was added to documents and to passages.</returns>
    /// <exception cref="VectorUnusableException">The encoder answered with something else than a vector of its own.
    /// </exception>
    public static async Task<EncoderParts> ApplyAsync(
        Scoring scoring,
        string query,
        double bestScore,
        bool mayJoin,
        IReadOnlyList<WeighedVectors> collections,
        CancellationToken cancellationToken)
    {
        var parts = new EncoderParts();
        foreach (var group in collections.GroupBy(item => item.Encoder.Name.Card).OrderBy(group => group.Key))
        {
            WeighedVectors[] members = [.. group];
            if (await EmbedAsync(members[0].Encoder, query, cancellationToken) is { } vector)
            {
                Add(scoring, Search(members, vector), bestScore > 0 ? bestScore : 1, mayJoin, parts);
            }
        }

        return parts;
    }

    // An encoder of this process is there or the search fails; a server may be away for a while, and so may the ledger
    // without which it is sent nothing. Words find documents all the same.
    private static async Task<ReadOnlyMemory<float>?> EmbedAsync(
        PassageEncoder encoder,
        string query,
        CancellationToken cancellationToken)
    {
        try
        {
            return await encoder.Queries.GenerateVectorAsync(query, cancellationToken: cancellationToken);
        }
        catch (TerroirException exception) when (exception is ModelFailedException or LedgerForkedException)
        {
            return null;
        }
    }

    private static List<Candidate> Search(WeighedVectors[] members, ReadOnlyMemory<float> query)
    {
        var scopes = new List<VectorScope>();
        var owners = new List<(WeighedVectors Member, LiveBlock Block)>();
        foreach (var member in members)
        {
            scopes.AddRange(member.Vectors.Allow(member.Selected, member.Principals));
            owners.AddRange(member.Vectors.Blocks.Select(block => (member, block)));
        }

        var candidates = new List<Candidate>();
        foreach (var hit in VectorSearch.Run(scopes, null, query.Span, CandidateCount, VectorSearchMode.Exact))
        {
            var (member, block) = owners[hit.Source];
            var (place, ordinal) = block.Find(hit.Number);
            candidates.Add(new Candidate(
                member.FirstSegment + place.Segment,
                place.Document,
                ordinal,
                member.Weight / (1 - member.Weight),
                hit.Score));
        }

        return candidates;
    }

    // Best first: the first passage of a document is its best.
    private static void Add(
        Scoring scoring,
        List<Candidate> candidates,
        double scale,
        bool mayJoin,
        EncoderParts parts)
    {
        if (candidates.Count == 0)
        {
            return;
        }

        var (best, least) = ((double)candidates[0].Likeness, (double)candidates[^1].Likeness);
        foreach (var (segment, document, ordinal, weight, likeness) in candidates)
        {
            var share = best > least ? (likeness - least) / (best - least) : 1;
            ref var score = ref scoring.Scores(segment)[document];
            var isIn = score > 0 || (mayJoin && share > JoinShare);
            if (share > 0 && isIn)
            {
                var value = weight * scale * share;
                score += parts.Add(segment, document, ordinal, value) ? value : 0;
            }
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Candidate(int Segment, int Document, int Ordinal, double Weight, float Likeness);
}

/// <summary>A collection's part in the leg of encoders.</summary>
/// <param name="Vectors">Its vectors.</param>
/// <param name="Encoder">What made them.</param>
/// <param name="Weight">What the leg counts: above 0, below 1.</param>
/// <param name="FirstSegment">The number of its first segment in the search.</param>
/// <param name="Selected">For each of its segments the documents that the asker may read and that the filters take.
/// </param>
internal sealed record WeighedVectors(
    CollectionVectors Vectors,
    PassageEncoder Encoder,
    double Weight,
    int FirstSegment,
    IReadOnlyList<DocumentSet> Selected)
{
    /// <summary>The asker's principals, if no filter takes documents away; else <see langword="null"/>.</summary>
    public IReadOnlySet<string>? Principals { get; init; }
}

namespace Terroir.Protection.PersonalData.Names.Tagging;

/// <summary>Chooses the tags of a run that score best together (Viterbi, 1967). A later word of a name stands behind
/// one of the same name, always.</summary>
internal static class RunDecoder
{
    /// <summary>How many tags there are.</summary>
    internal const int TagCount = 3;

    /// <summary>How many words a run has at most.</summary>
    internal const int LengthMax = 64;

    // No sum of weights comes near it.
    private const int Never = int.MinValue / 4;

    /// <summary>The feature of two tags that follow each other.</summary>
    public static uint Step(NameTag before, WordGap gap) => WordHash.Of(60, (uint)before, (uint)gap);

    /// <summary>Chooses.</summary>
    /// <param name="scores">For each word what speaks for each tag, <see cref="TagCount"/> a word.</param>
    /// <param name="steps">For each word what speaks for each tag behind each tag, the tag before being the slower;
    /// nine a word, those of the first word unused.</param>
    /// <param name="tags">Takes the tags.</param>
    /// <returns>The score of the choice.</returns>
    public static int Decode(ReadOnlySpan<int> scores, ReadOnlySpan<int> steps, Span<NameTag> tags)
    {
        var count = tags.Length;
        Span<int> best = stackalloc int[TagCount];
        Span<int> next = stackalloc int[TagCount];
        Span<byte> origins = stackalloc byte[LengthMax * TagCount];
        best[(int)NameTag.Outside] = scores[0];
        best[(int)NameTag.Begin] = scores[1];
        best[(int)NameTag.Inside] = Never;
        for (var word = 1; word < count; word++)
        {
            for (var tag = 0; tag < TagCount; tag++)
            {
                next[tag] = Never;
                for (var before = 0; before < TagCount; before++)
                {
                    var score = best[before] + steps[(((word * TagCount) + before) * TagCount) + tag];
                    if (score > next[tag] && IsLawful((NameTag)before, (NameTag)tag))
                    {
                        next[tag] = score;
                        origins[(word * TagCount) + tag] = (byte)before;
                    }
                }

                next[tag] += scores[(word * TagCount) + tag];
            }

            next.CopyTo(best);
        }

        var last = best[1] > best[0] ? 1 : 0;
        last = best[2] > best[last] ? 2 : last;
        var total = best[last];
        for (var word = count - 1; word >= 0; word--)
        {
            tags[word] = (NameTag)last;
            last = origins[(word * TagCount) + last];
        }

        return total;
    }

    private static bool IsLawful(NameTag before, NameTag tag) =>
        tag is not NameTag.Inside || before is not NameTag.Outside;
}

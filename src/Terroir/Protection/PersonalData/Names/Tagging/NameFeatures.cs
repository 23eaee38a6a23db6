namespace Terroir.Protection.PersonalData.Names.Tagging;

/// <summary>The features of the words of a run: how a word is written, what stands around it, whether a list or the
/// text knows it (after Ratinov and Roth, "Design challenges and misconceptions in named entity recognition", CoNLL
/// 2009).</summary>
/// <param name="firstNames">First names that are known.</param>
internal sealed class NameFeatures(FirstNames firstNames)
{
    /// <summary>How many features a word has.</summary>
    internal const int Count = 38;

    private const int RunLengthMax = 6;

    /// <summary>What is told of each word of a run before its neighbours are looked at.</summary>
    private readonly List<(uint Shape, bool IsFirst, bool IsOther, bool IsSmall)> _traits = [];

    /// <summary>Reads a run of words.</summary>
    /// <param name="text">The text.</param>
    /// <param name="words">Its words.</param>
    /// <param name="run">The first of the run, and the first behind it.</param>
    /// <param name="link">How it hangs on the run before, as <see cref="RunLink"/> says.</param>
    /// <param name="hidden">What is not to be seen, for each word; <see langword="null"/> to see all.</param>
    /// <param name="features">Takes <see cref="Count"/> hashes for each word.</param>
    public void Read(
        string text,
        CapitalWords words,
        (int From, int To) run,
        uint link,
        ReadOnlySpan<HiddenFeatures> hidden,
        List<uint> features)
    {
        _traits.Clear();
        for (var at = run.From; at < run.To; at++)
        {
            var word = Span(text, words.Words[at]);
            var unseen = hidden.IsEmpty ? HiddenFeatures.None : hidden[at - run.From];
            _traits.Add((
                WordTraits.Shape(word),
                !unseen.HasFlag(HiddenFeatures.Lists) && firstNames.Contains(word),
                NameWords.IsOther(word),
                unseen.HasFlag(HiddenFeatures.MadeSmall)
                    || words.HasSmall(WordHash.Of(word))));
        }

        var runBefore = WordContext.Before(text, words.Words[run.From].Start);
        var runBehind = WordContext.Behind(text, words.Words[run.To - 1].End);
        for (var at = run.From; at < run.To; at++)
        {
            var unseen = hidden.IsEmpty ? HiddenFeatures.None : hidden[at - run.From];
            AddWord(Span(text, words.Words[at]), at - run.From, unseen, features);
            AddAround(text, words.Words[at], at - run.From, unseen, features);
            AddRun(at - run.From, run.To - run.From, link, runBefore, runBehind, features);
        }
    }

    private static ReadOnlySpan<char> Span(string text, CapitalWord word) => text.AsSpan(word.Start..word.End);

    private void AddWord(ReadOnlySpan<char> word, int at, HiddenFeatures unseen, List<uint> features)
    {
        var shape = _traits[at].Shape;
        var isWordSeen = !unseen.HasFlag(HiddenFeatures.Word);
        var areLettersSeen = !unseen.HasFlag(HiddenFeatures.Letters);
        var three = areLettersSeen ? WordTraits.Suffix(word, 3) : 0;
        features.Add(WordHash.Of(1, shape));
        features.Add(WordHash.Of(2, isWordSeen ? WordHash.Of(word) : 0));
        features.Add(WordHash.Of(3, three));
        features.Add(WordHash.Of(4, areLettersSeen ? WordTraits.Suffix(word, 2) : 0));
        features.Add(WordHash.Of(5, areLettersSeen ? WordTraits.Suffix(word, 4) : 0));
        features.Add(WordHash.Of(6, areLettersSeen ? WordTraits.Prefix(word, 3) : 0));
        features.Add(WordHash.Of(7, shape, WordTraits.Length(word)));
        features.Add(WordHash.Of(8, three, ShapeAt(at + 1)));
        features.Add(WordHash.Of(9, three, shape));
    }

    private void AddAround(string text, CapitalWord word, int at, HiddenFeatures unseen, List<uint> features)
    {
        var before = WordContext.Before(text, word.Start);
        var behind = WordContext.Behind(text, word.End);
        if (unseen.HasFlag(HiddenFeatures.Around))
        {
            before = before with { Word = 2, Second = 2 };
            behind = behind with { Word = 2, Second = 2 };
        }

        var trait = _traits[at];
        var shape = trait.Shape;
        var isSentence = before.Sign is '\n' or '.' or '!' or '?' or ':' or '-' or '•' ? 1u : 0u;
        var known = Bit(trait.IsFirst) | (FirstAt(at + 1) << 1) | (FirstAt(at - 1) << 2);
        var other = Bit(trait.IsOther) | (OtherAt(at + 1) << 1) | (OtherAt(at - 1) << 2);
        features.Add(WordHash.Of(10, before.Word));
        features.Add(WordHash.Of(11, before.Word, shape));
        features.Add(WordHash.Of(12, before.Word, before.Second));
        features.Add(WordHash.Of(13, before.Sign, shape | (isSentence << 8)));
        features.Add(WordHash.Of(14, behind.Word));
        features.Add(WordHash.Of(15, behind.Word, shape));
        features.Add(WordHash.Of(16, behind.Word, behind.Second));
        features.Add(WordHash.Of(17, behind.Sign, shape));
        features.Add(WordHash.Of(18, shape | (ShapeAt(at + 1) << 8), ShapeAt(at - 1)));
        features.Add(WordHash.Of(19, shape, isSentence | (Bit(trait.IsSmall) << 1)));
        features.Add(WordHash.Of(20, known | (isSentence << 8), shape | (ShapeAt(at + 1) << 8)));
        features.Add(WordHash.Of(21, known, behind.Word));
        features.Add(WordHash.Of(22, known, before.Word));
        features.Add(WordHash.Of(23, other, shape | (Bit(trait.IsSmall) << 8)));
        features.Add(WordHash.Of(24, before.Sign, behind.Sign | (shape << 16)));
        features.Add(WordHash.Of(25, before.Word, ShapeAt(at + 1)));
        features.Add(WordHash.Of(26, known, Bit(trait.IsSmall) | (other << 8)));
        features.Add(WordHash.Of(27, before.Second, before.Sign));
        features.Add(WordHash.Of(28, behind.Second, behind.Sign));
        features.Add(WordHash.Of(29, known, Bit(behind.IsCapital) | ((uint)behind.Sign << 8)));
        features.Add(WordHash.Of(30, before.Word, known | ((uint)before.Sign << 8)));
    }

    private void AddRun(
        int at,
        int length,
        uint link,
        WordContext before,
        WordContext behind,
        List<uint> features)
    {
        var place = (uint)(Math.Min(at, RunLengthMax) | (Math.Min(length, RunLengthMax) << 4));
        var shape = _traits[at].Shape;
        var capitals = _traits.TrueForAll(trait => trait.Shape is 1 or 5 or 9 or 10) ? 1u : 0u;
        features.Add(WordHash.Of(31, place, capitals));
        features.Add(WordHash.Of(32, place, shape));
        features.Add(WordHash.Of(33, before.Word, place));
        features.Add(WordHash.Of(34, behind.Word, place));
        features.Add(WordHash.Of(35, before.Sign | ((uint)behind.Sign << 16), place));
        features.Add(WordHash.Of(36, link, place));
        features.Add(WordHash.Of(37, link, shape));
        features.Add(WordHash.Of(38, behind.Sign, before.Word));
    }

    private uint ShapeAt(int at) => at >= 0 && at < _traits.Count ? _traits[at].Shape : 31;

    private uint FirstAt(int at) => at >= 0 && at < _traits.Count ? Bit(_traits[at].IsFirst) : 0;

    private uint OtherAt(int at) => at >= 0 && at < _traits.Count ? Bit(_traits[at].IsOther) : 0;

    private static uint Bit(bool value) => value ? 1u : 0u;
}

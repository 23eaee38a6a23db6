using System.Runtime.InteropServices;

namespace Terroir.Protection.PersonalData.Names.Tagging;

/// <summary>Words with capitals that stand behind each other, with what speaks for each tag. Made once, and used for
/// each run of a text in turn.</summary>
/// <param name="features">Reads the features.</param>
internal sealed class TaggedRun(NameFeatures features)
{
    private const int TagCount = RunDecoder.TagCount;

    private readonly List<uint> _features = [];
    private int[] _scores = [];
    private int[] _steps = [];
    private NameTag[] _tags = [];

    /// <summary>The tags that were chosen.</summary>
    public Span<NameTag> Tags => _tags.AsSpan(..Count);

    /// <summary>How many words the run has.</summary>
    public int Count { get; private set; }

    /// <summary>The features of a word.</summary>
    public ReadOnlySpan<uint> FeaturesOf(int word) =>
        CollectionsMarshal.AsSpan(_features).Slice(word * NameFeatures.Count, NameFeatures.Count);

    /// <summary>What speaks for a tag of a word, so far.</summary>
    public ref int Score(int word, NameTag tag) => ref _scores[(word * TagCount) + (int)tag];

    /// <summary>Reads a run and adds up its weights.</summary>
    public void Read(
        string text,
        CapitalWords words,
        (int From, int To) run,
        uint link,
        ReadOnlySpan<HiddenFeatures> hidden,
        IFeatureWeights weights)
    {
        Count = run.To - run.From;
        if (_tags.Length < Count)
        {
            _tags = new NameTag[Count];
            _scores = new int[Count * TagCount];
            _steps = new int[Count * TagCount * TagCount];
        }

        _features.Clear();
        features.Read(text, words, run, link, hidden, _features);
        for (var word = 0; word < Count; word++)
        {
            var (begin, inside) = weights.Sum(FeaturesOf(word));
            Score(word, NameTag.Outside) = 0;
            Score(word, NameTag.Begin) = begin;
            Score(word, NameTag.Inside) = inside;
            for (var before = NameTag.Outside; word > 0 && before <= NameTag.Inside; before++)
            {
                var step = weights.Sum([RunDecoder.Step(before, words.Words[run.From + word].Gap)]);
                var at = ((word * TagCount) + (int)before) * TagCount;
                (_steps[at], _steps[at + 1], _steps[at + 2]) = (0, step.Begin, step.Inside);
            }
        }
    }

    /// <summary>Chooses the tags.</summary>
    public void Decode() => RunDecoder.Decode(_scores, _steps, Tags);

    /// <summary>What speaks for a name against none, for each of its words.</summary>
    /// <param name="from">Its first word.</param>
    /// <param name="to">The first behind it.</param>
    public int MarginOf(int from, int to)
    {
        var sum = 0;
        for (var word = from; word < to; word++)
        {
            var tag = (int)_tags[word];
            sum += _scores[(word * TagCount) + tag];
            sum += word == 0 ? 0 : _steps[(((word * TagCount) + (int)_tags[word - 1]) * TagCount) + tag];
        }

        return sum / (to - from);
    }
}

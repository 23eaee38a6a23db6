using System.Text;
using Terroir.Protection.PersonalData.Synthetic;

namespace Terroir.Protection.PersonalData.Names.Tagging;

/// <summary>Learns the weights of a tagger by an averaged perceptron over whole runs (Collins, "Discriminative training
/// methods for hidden Markov models", EMNLP 2002), with a margin that a wrong tag is given in advance.</summary>
/// <remarks>The same documents, seed and settings give the same weights on every machine: all sums are of whole
/// numbers.</remarks>
/// <param name="seed">What is hidden, and in which order is learned, follows from it.</param>
internal sealed class TaggerTraining(ulong seed)
{
    // Of a hundred words, how many hide this.
    private const int HiddenWordPercent = 50;
    private const int HiddenLettersPercent = 20;
    private const int HiddenAroundPercent = 10;
    private const int HiddenListsPercent = 30;

    // Made documents are short; in long ones more words of sentences stand in small letters too, and hardly a name.
    private const int SmallWordPercent = 30;
    private const int SmallNamePercent = 3;

    private readonly SeededDraws _draws = new(seed);
    private readonly LearnedWeights _weights = new();
    private readonly TaggedRun _run = new(new NameFeatures(new FirstNames([])));
    private readonly List<HiddenFeatures> _hidden = [];

    /// <summary>Learns.</summary>
    /// <param name="documents">What to learn from.</param>
    /// <param name="rounds">How often each is learned from; at least 1.</param>
    /// <param name="cancellationToken">Stops it between two documents.</param>
    public TaggerWeights Learn(
        IEnumerable<SyntheticDocument> documents,
        int rounds,
        CancellationToken cancellationToken)
    {
        var lessons = documents.Select(Lesson.Of).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var at = lessons.Length - 1; at > 0; at--)
            {
                var other = _draws.Next(0, at + 1);
                (lessons[at], lessons[other]) = (lessons[other], lessons[at]);
            }

            foreach (var lesson in lessons)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Learn(lesson);
            }
        }

        return _weights.Average();
    }

    private void Learn(Lesson lesson)
    {
        var (words, isName) = (lesson.Words, false);
        for (var from = 0; from < words.Words.Count;)
        {
            var to = words.EndOfRun(from);
            var right = lesson.Tags.AsSpan(from..to);
            Hide(right);
            var link = NameTagger.LinkOf(lesson.Text, words, from, isName);
            _run.Read(
                lesson.Text,
                words,
                (from, to),
                link,
                System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_hidden),
                _weights);
            for (var word = 0; word < right.Length; word++)
            {
                for (var tag = NameTag.Outside; tag <= NameTag.Inside; tag++)
                {
                    _run.Score(word, tag) += tag == right[word] ? 0 : LearnedWeights.Margin;
                }
            }

            _run.Decode();
            Correct(words, from, right);
            isName = right[^1] is not NameTag.Outside;
            from = to;
        }
    }

    private void Correct(CapitalWords words, int from, ReadOnlySpan<NameTag> right)
    {
        _weights.Next();
        var chosen = _run.Tags;
        for (var word = 0; word < right.Length; word++)
        {
            if (chosen[word] != right[word])
            {
                _weights.Move(_run.FeaturesOf(word), right[word], 1);
                _weights.Move(_run.FeaturesOf(word), chosen[word], -1);
            }

            if (word > 0 && (chosen[word] != right[word] || chosen[word - 1] != right[word - 1]))
            {
                var gap = words.Words[from + word].Gap;
                _weights.Move([RunDecoder.Step(right[word - 1], gap)], right[word], 1);
                _weights.Move([RunDecoder.Step(chosen[word - 1], gap)], chosen[word], -1);
            }
        }
    }

    private void Hide(ReadOnlySpan<NameTag> right)
    {
        _hidden.Clear();
        foreach (var tag in right)
        {
            _hidden.Add(
                Maybe(HiddenWordPercent, HiddenFeatures.Word)
                | Maybe(HiddenLettersPercent, HiddenFeatures.Letters)
                | Maybe(HiddenAroundPercent, HiddenFeatures.Around)
                | Maybe(HiddenListsPercent, HiddenFeatures.Lists)
                | Maybe(
                    tag is NameTag.Outside ? SmallWordPercent : SmallNamePercent,
                    HiddenFeatures.MadeSmall));
        }
    }

    private HiddenFeatures Maybe(int percent, HiddenFeatures feature) =>
        _draws.Next(0, 100) < percent ? feature : HiddenFeatures.None;

    // A text with the right tag of each word.
    private sealed record Lesson(string Text, CapitalWords Words, NameTag[] Tags)
    {
        public static Lesson Of(SyntheticDocument document)
        {
            var words = new CapitalWords(document.Text);
            var tags = new NameTag[words.Words.Count];
            var bytes = Encoding.UTF8.GetBytes(document.Text);
            var at = 0;
            foreach (var label in document.Labels)
            {
                var start = Encoding.UTF8.GetCharCount(bytes.AsSpan(..label.Start));
                var end = start + label.Text.Length;
                while (at < tags.Length && words.Words[at].Start < start)
                {
                    at++;
                }

                for (var isFirst = true; at < tags.Length && words.Words[at].End <= end; at++)
                {
                    if (label.Kind is PersonalDataKind.Person)
                    {
                        tags[at] = isFirst || words.Words[at].Gap is WordGap.Break ? NameTag.Begin : NameTag.Inside;
                        isFirst = false;
                    }
                }
            }

            return new Lesson(document.Text, words, tags);
        }
    }
}

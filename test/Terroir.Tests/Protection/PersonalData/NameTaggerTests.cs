using CsCheck;
using Terroir.Protection.PersonalData;
using Terroir.Protection.PersonalData.Names;
using Terroir.Protection.PersonalData.Names.Tagging;
using Terroir.Protection.PersonalData.Synthetic;

namespace Terroir.Tests.Protection.PersonalData;

public sealed class NameTaggerTests
{
    [Theory]
    [InlineData("Le dossier est suivi par {Maëlys Trévidic} depuis lundi.")]
    [InlineData("Nous avons reçu {Soizic Kerangal} ce matin.")]
    [InlineData("Présents : {Yaëlle Courtebray}.")]
    [InlineData("Remis en main propre à {KERVADEC Anaëlle} ce jour.")]
    [InlineData("Relu par {T. Monfreid} avant envoi.")]
    public void It_finds_names_that_no_title_and_no_list_tells(string marked)
    {
        var wanted = marked[(marked.IndexOf('{', StringComparison.Ordinal) + 1)..marked.IndexOf('}')];
        var text = marked.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal);
        var found = new List<RuleMatch>();

        new NameTagger(new FirstNames([]), TaggerWeights.Shared).Find(text, found);

        var match = Assert.Single(found);
        Assert.Equal(wanted, text[match.Start..match.End]);
        Assert.Equal((PersonalDataKind.Person, NameTagger.Rule), (match.Kind, match.Rule));
    }

    [Theory]
    [InlineData("La Caisse d'Allocations Familiales de Lyon vous répondra sous huit jours.")]
    [InlineData("CONDITIONS GÉNÉRALES DE VENTE\nArticle 1\nObjet du contrat")]
    [InlineData("Toutefois, le Code du travail prévoit un délai. Quelle est la durée ?")]
    [InlineData("Ouvrez Excel, puis Outlook. En France et en Belgique, le tarif est le même.")]
    public void It_leaves_other_words_with_capitals_alone(string text)
    {
        var found = new List<RuleMatch>();

        new NameTagger(new FirstNames([]), TaggerWeights.Shared).Find(text, found);

        Assert.Empty(found);
    }

    [Fact]
    public void The_same_documents_and_seed_give_the_same_weights_and_another_seed_others()
    {
        var first = Learn(seed: 3);

        Assert.Equal(first, Learn(seed: 3));
        Assert.NotEqual(first, Learn(seed: 4));
    }

    [Fact]
    public void A_few_documents_are_enough_to_find_names_in_others_of_their_templates()
    {
        var tagger = new NameTagger(new FirstNames([]), TaggerWeights.Parse(Learn(seed: 3)));
        var (right, labels) = (0, 0);
        foreach (var document in SyntheticDocuments.Make(SyntheticSet.Training, seed: 77, count: 40))
        {
            var found = new List<RuleMatch>();
            tagger.Find(document.Text, found);
            var names = found.Select(match => document.Text[match.Start..match.End]).ToHashSet(StringComparer.Ordinal);
            var wanted = document.Labels.Where(label => label.Kind is "person").ToArray();
            labels += wanted.Length;
            right += wanted.Count(label => names.Contains(label.Text));
        }

        Assert.InRange(right, labels / 2, labels);
    }

    // What each tag of each word and each step is worth is drawn; every choice of tags is tried.
    [Fact]
    public void The_tags_are_those_of_the_best_lawful_choice() =>
        Gen.Select(Gen.Int[-9, 9].Array[15], Gen.Int[-9, 9].Array[45], Gen.Int[1, 5]).Sample((scores, steps, count) =>
        {
            Span<NameTag> tags = stackalloc NameTag[count];

            var score = RunDecoder.Decode(scores, steps, tags);

            Assert.Equal(Best(scores, steps, count), score);
            Assert.Equal(score, ScoreOf(tags, scores, steps));
        });

    [Fact]
    public void The_weights_of_the_product_are_of_the_version_that_is_read()
    {
        var bytes = TaggerWeights.Shared.ToBytes();

        Assert.Equal("TNAM"u8, bytes.AsSpan(..4));
        Assert.Equal(TaggerWeights.Version, bytes[4]);
        Assert.InRange(bytes.Length, 1, 1 << 20);
        Assert.Contains(bytes.AsSpan(8).ToArray(), value => value != 0);
        Assert.Equal(bytes, TaggerWeights.Parse(bytes).ToBytes());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(1_000)]
    [InlineData(262_183)]
    public void Weights_with_one_wrong_byte_are_refused(int at)
    {
        var bytes = TaggerWeights.Shared.ToBytes();
        bytes[at] ^= 1;

        Assert.Throws<InvalidDataException>(() => TaggerWeights.Parse(bytes));
    }

    [Fact]
    public void Weights_that_are_too_short_or_too_long_are_refused()
    {
        var bytes = TaggerWeights.Shared.ToBytes();

        Assert.Throws<InvalidDataException>(() => TaggerWeights.Parse([]));
        Assert.Throws<InvalidDataException>(() => TaggerWeights.Parse(bytes.AsSpan(..^1)));
        Assert.Throws<InvalidDataException>(() => TaggerWeights.Parse([.. bytes, 0]));
    }

    [Theory]
    [InlineData("d'Aubigné et L'Hôpital", "Aubigné Hôpital")]
    [InlineData("J.-P. Martin, D'Angelo, N’Diaye", "J.-P. Martin D'Angelo N’Diaye")]
    [InlineData("Aix-en-Provence A4 x@y.Fr id_Z", "Aix-en-Provence")]
    public void Words_with_capitals_are_cut_as_names_are(string text, string words) => Assert.Equal(
        words,
        string.Join(' ', new CapitalWords(text).Words.Select(word => text[word.Start..word.End])));

    [Fact]
    public void Particles_join_the_words_of_a_run_and_signs_end_it()
    {
        const string Text = "Anne de la Tour, Paul van der Berg";

        Assert.Equal(
            [WordGap.Break, WordGap.Particle, WordGap.Break, WordGap.Particle],
            new CapitalWords(Text).Words.Select(word => word.Gap));
    }

    private static byte[] Learn(ulong seed) => new TaggerTraining(seed)
        .Learn(TaggerDocuments.Make(seed: 8, count: 60), rounds: 2, TestContext.Current.CancellationToken)
        .ToBytes();

    private static int Best(int[] scores, int[] steps, int count)
    {
        var best = int.MinValue;
        for (var choice = 0; choice < Math.Pow(3, count); choice++)
        {
            var tags = new NameTag[count];
            for (var (word, rest) = (0, choice); word < count; word++, rest /= 3)
            {
                tags[word] = (NameTag)(rest % 3);
            }

            best = Math.Max(best, ScoreOf(tags, scores, steps));
        }

        return best;
    }

    private static int ScoreOf(ReadOnlySpan<NameTag> tags, int[] scores, int[] steps)
    {
        var (score, before) = (0, NameTag.Outside);
        for (var word = 0; word < tags.Length; word++)
        {
            if (tags[word] is NameTag.Inside && before is NameTag.Outside)
            {
                return int.MinValue;
            }

            score += scores[(word * 3) + (int)tags[word]];
            score += word == 0 ? 0 : steps[(((word * 3) + (int)before) * 3) + (int)tags[word]];
            before = tags[word];
        }

        return score;
    }
}

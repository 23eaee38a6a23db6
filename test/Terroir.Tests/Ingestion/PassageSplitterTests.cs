using System.Text;
using CsCheck;
using Terroir.Documents;
using Terroir.Ingestion.Text;
using Terroir.Languages;

namespace Terroir.Tests.Ingestion;

public sealed class PassageSplitterTests
{
    private const string Sentence = "Le dossier est gardé vingt ans après le dernier passage du patient. ";

    private static readonly string[] Vocabulary =
        ["parking", "été.", "sang", "M.", "3,5", "garde :", "x\n", "où ?", "日本語のテキスト"];

    private static readonly Gen<Block> AnyBlock = Gen.Frequency(
        (1, Gen.Select(Gen.Int[1, 3], Words(3)).Select((level, text) =>
            (Block)new HeadingBlock(level, text, SourcePlace.Whole))),
        (4, Words(400).Select(text => (Block)new ParagraphBlock(text, SourcePlace.Whole))),
        (3, Words(30).Select(text => (Block)new ListItemBlock(0, null, text, SourcePlace.Whole))),
        (1, Words(400).Select(text => (Block)new CodeBlock(text, SourcePlace.Whole))),
        (1, Words(60).Array[0, 3].Array[0, 30].Select(rows => (Block)new TableBlock(
            [.. rows.Select(cells => new TableRow(cells, SourcePlace.Whole))], 1, SourcePlace.Whole))));

    [Fact]
    public void Passages_hold_every_word_once_within_their_size_and_below_one_heading() =>
        AnyBlock.Array[0, 12].Sample(
            blocks =>
            {
                var text = CanonicalText.From(blocks);
                var at = 0;
                foreach (var passage in PassageSplitter.Split(text, BlockLanguages.Of("", text, "fr", "fr")))
                {
                    var between = Encoding.UTF8.GetString(text.Bytes[at..passage.Start]);
                    Assert.All(
                        between.Split('\n', StringSplitOptions.RemoveEmptyEntries),
                        line => Assert.True(line.StartsWith('#') || line.Trim().Length == 0, line));
                    Assert.InRange(passage.End - passage.Start, 1, PassageCuts.SizeMaxBytes);
                    Assert.Equal(passage.Start, passage.Places[0].Start);
                    Assert.Equal(passage.End, passage.Places[^1].End);
                    Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(text.Bytes[passage.Start..passage.End]));
                    at = passage.End;
                }
            },
            iter: 200);

    [Fact]
    public void A_long_paragraph_is_cut_at_the_ends_of_its_sentences()
    {
        var passages = Split(new ParagraphBlock(string.Concat(Enumerable.Repeat(Sentence, 40)), SourcePlace.Whole));

        Assert.InRange(passages.Count, 3, 6);
        Assert.All(passages, passage => Assert.Equal(
            SentenceEnds.Find(passage).Count,
            passage.Length / (Sentence.Length - 1)));
    }

    [Fact]
    public void A_list_stays_with_the_line_that_leads_to_it()
    {
        var passages = Split(
            [
                new ParagraphBlock(string.Concat(Enumerable.Repeat(Sentence, 18)), SourcePlace.Whole),
                new ParagraphBlock("Le dossier comprend :", SourcePlace.Whole),
                .. Enumerable.Range(0, 6).Select(number =>
                    new ListItemBlock(0, null, $"la pièce numéro {number}, signée par le patient", SourcePlace.Whole)),
            ]);

        Assert.True(passages.Count > 1);
        Assert.Contains("Le dossier comprend :\n\n- la pièce numéro 0", passages[^1], StringComparison.Ordinal);
        Assert.EndsWith("la pièce numéro 5, signée par le patient", passages[^1]);
    }

    [Fact]
    public void A_table_of_a_screen_is_one_passage_and_a_longer_one_is_cut_between_rows()
    {
        Assert.Single(Split(Table(rowCount: 20)));
        Assert.All(Split(Table(rowCount: 200)), passage => Assert.All(
            passage.Split('\n'),
            line => Assert.True(line.StartsWith('|') && line.EndsWith('|'), line)));
    }

    [Fact]
    public void A_text_of_one_letter_on_each_line_is_cut_too() =>
        Assert.All(
            Split(new ParagraphBlock(string.Join('\n', Enumerable.Repeat("a", 1_000)), SourcePlace.Whole)),
            passage => Assert.InRange(passage.Length, 1, 2 * PassageCuts.UnitCountMax));

    private static TableBlock Table(int rowCount) => new(
        [
            .. Enumerable.Range(0, rowCount).Select(number =>
                new TableRow([$"salle {number}", "lits : 4", "étage 2"], SourcePlace.Whole)),
        ],
        1,
        SourcePlace.Whole);

    private static List<string> Split(params Block[] blocks)
    {
        var text = CanonicalText.From(blocks);
        return
        [
            .. PassageSplitter.Split(text, BlockLanguages.Of("", text, "fr", "fr"))
                .Select(passage => Encoding.UTF8.GetString(text.Bytes[passage.Start..passage.End])),
        ];
    }

    private static Gen<string> Words(int count) =>
        Gen.Int[0, Vocabulary.Length - 1].Select(pick => Vocabulary[pick])
            .Array[1, count].Select(words => string.Join(' ', words));
}

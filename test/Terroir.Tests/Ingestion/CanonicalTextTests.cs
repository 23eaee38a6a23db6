using System.Text;
using CsCheck;
using Terroir.Documents;
using Terroir.Ingestion.Text;

namespace Terroir.Tests.Ingestion;

public sealed class CanonicalTextTests
{
    private static readonly Gen<Block> AnyBlock = Gen.OneOf<Block>(
        Gen.Select(Gen.Int[1, 6], Gen.String).Select((level, text) =>
            (Block)new HeadingBlock(level, text, SourcePlace.Whole)),
        Gen.String.Select(text => (Block)new ParagraphBlock(text, SourcePlace.Whole)),
        Gen.Select(Gen.Int[0, 3], Gen.String).Select((depth, text) =>
            (Block)new ListItemBlock(depth, null, text, SourcePlace.Whole)),
        Gen.String.Select(text => (Block)new CodeBlock(text, SourcePlace.Whole)),
        Gen.String.Select(text => (Block)new CaptionBlock(text, SourcePlace.Whole)),
        Gen.Const((Block)new PageBreakBlock(SourcePlace.Whole)),
        Gen.String.Array[0, 4].Array[0, 4].Select(rows => (Block)new TableBlock(
            [.. rows.Select(cells => new TableRow(cells, SourcePlace.Whole))], 1, SourcePlace.Whole)));

    [Fact]
    public void A_merged_cell_is_repeated_in_each_place_it_covers()
    {
        var table = new TableBlock(
            [
                new TableRow(["Jour", "Soins", ""], SourcePlace.Whole) { Spans = [new CellSpan(1, 2, 1)] },
                new TableRow(["Lundi", "matin", "soir"], SourcePlace.Whole) { Spans = [new CellSpan(0, 1, 2)] },
                new TableRow(["", "repos", "garde"], SourcePlace.Whole),
            ],
            1,
            SourcePlace.Whole);

        Assert.Equal(
            "| Jour | Soins | Soins |\n|---|---|---|\n| Lundi | matin | soir |\n| Lundi | repos | garde |",
            Render(table));
    }

    [Fact]
    public void Invisible_characters_and_lone_surrogates_do_not_reach_the_text() =>
        Assert.Equal("secret \uFFFDé", Render(new ParagraphBlock("sec\u200Bre\u2060t\u3164 \uD800e\u0301\u202E",
            SourcePlace.Whole)));

    [Fact]
    public void Noncharacters_do_not_reach_the_text() =>
        Assert.Equal("ab é", Render(new ParagraphBlock("a\uFFFEb\uFDD0 e\uFFFF\u0301\U0001FFFE", SourcePlace.Whole)));

    [Fact]
    public void A_block_of_invisible_characters_leaves_no_trace() =>
        Assert.Equal(
            "a\n\nb",
            Render(
                new ParagraphBlock("a", SourcePlace.Whole),
                new HeadingBlock(1, "\u200B", SourcePlace.Whole),
                new PageBreakBlock(SourcePlace.Whole),
                new ParagraphBlock("b", SourcePlace.Whole)));

    [Fact]
    public void Code_with_a_fence_in_it_stays_one_block() =>
        Assert.Equal("````\n```\nx\n````", Render(new CodeBlock("```\nx", SourcePlace.Whole)));

    [Fact]
    public void Spans_are_in_order_and_only_line_feeds_stand_between_them() =>
        AnyBlock.Array[0, 12].Sample(blocks =>
        {
            var text = CanonicalText.From(blocks);
            var at = 0;
            foreach (var span in text.Spans)
            {
                Assert.True(span.Start >= at && span.End > span.Start);
                Assert.All(text.Bytes[at..span.Start], item => Assert.Equal((byte)'\n', item));
                at = span.End;
            }

            Assert.Equal(text.Bytes.Length, at);
            Assert.True(Encoding.UTF8.GetString(text.Bytes).IsNormalized(NormalizationForm.FormC));
        });

    private static string Render(params Block[] blocks) => Encoding.UTF8.GetString(CanonicalText.From(blocks).Bytes);
}

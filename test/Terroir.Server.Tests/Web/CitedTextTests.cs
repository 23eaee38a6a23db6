using System.Text;
using Terroir.Web;

namespace Terroir.Server.Tests.Web;

public sealed class CitedTextTests
{
    private const string Text = "# Été\n\nLe badge est bleu.\nLa clé est là.\n\n| a | b |\n| 1 | 2 |\n";

    [Fact]
    public void The_pieces_of_a_text_are_the_text_and_the_cited_ones_the_citation()
    {
        var bytes = Encoding.UTF8.GetBytes(Text);
        for (var start = 0; start < bytes.Length; start++)
        {
            for (var end = start + 1; end <= bytes.Length; end++)
            {
                var cut = CitedText.Cut(bytes, start, end);
                var pieces = cut.Pieces();
                var cited = pieces.Where(piece => piece.IsCited);

                Assert.Equal(Text, string.Concat(pieces.Select(piece => piece.Text)));
                Assert.Equal(cut.Cited, string.Concat(cited.Select(piece => piece.Text)));
                Assert.Equal(cut.Cited.Length > 0 ? 1 : 0, pieces.Count(piece => piece.Id is not null));
            }
        }
    }

    [Fact]
    public void Headings_and_rows_are_told_from_other_lines()
    {
        var pieces = CitedText.Cut(Encoding.UTF8.GetBytes(Text), start: null, end: null).Pieces();

        Assert.Equal("heading,,row,row", string.Join(',', pieces.Select(piece => piece.Style)));
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(9, 5)]
    [InlineData(-1, 5)]
    [InlineData(0, 100_000)]
    public void Offsets_that_are_no_span_cite_nothing(int start, int end)
    {
        var cut = CitedText.Cut(Encoding.UTF8.GetBytes(Text), start, end);

        Assert.Equal("", cut.Cited);
        Assert.Equal(Text, cut.Before + cut.After);
    }

    [Fact]
    public void A_long_document_is_cut_around_the_citation()
    {
        var text = Encoding.UTF8.GetBytes(new string('é', CitedText.LengthMax));
        var middle = text.Length / 2;

        var cut = CitedText.Cut(text, middle, middle + 4);

        Assert.True(cut.IsCut);
        Assert.Equal("éé", cut.Cited);
        Assert.True(Encoding.UTF8.GetByteCount(cut.Before + cut.Cited + cut.After) <= CitedText.LengthMax + 4);
    }
}

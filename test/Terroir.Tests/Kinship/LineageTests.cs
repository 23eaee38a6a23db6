using System.Text;
using Terroir.Kinship;
using Terroir.Storage;
using Terroir.Tests.Retrieval;

namespace Terroir.Tests.Kinship;

/// <summary>Which documents are versions of one another, and which is the newer.</summary>
public sealed class LineageTests
{
    private const string Text = "Les places du parking sont réservées aux équipes de garde. Une demande se fait au "
        + "poste de sécurité, avec le badge. Elle vaut un an et se renouvelle en janvier. Les vélos ont un toit.";

    private const string Other = "Le repas de midi se commande la veille, avant seize heures, par le service de soins.";

    [Theory]
    [InlineData("archivage-v2.docx", "archivage-v3.docx")]
    [InlineData("archivage version 2.docx", "archivage v 3.1.pdf")]
    [InlineData("Copie de archivage-v2.docx", "archivage-v3 (1).docx")]
    [InlineData("pr/archivage rev1.docx", "pr/archivage rev2 final.docx")]
    public void A_number_in_the_name_tells_whatever_the_text(string older, string newer)
    {
        Assert.True(Lineage.IsNewer(Make(newer, Text), Make(older, Other, day: 9)));
        Assert.False(Lineage.IsNewer(Make(older, Other, day: 9), Make(newer, Text)));
    }

    [Theory]
    [InlineData("tarifs.xlsx", "tarifs.xlsx - final.xlsx")]
    [InlineData("tarifs_old.xlsx", "tarifs.xlsx")]
    [InlineData("tarifs - brouillon.xlsx", "tarifs (1).xlsx")]
    [InlineData("tarifs 2025-12-31.xlsx", "tarifs_20260115.xlsx")]
    [InlineData("tarifs 31-12-2025.xlsx", "2026-01-15 tarifs.xlsx")]
    [InlineData("archive/tarifs-v1.xlsx", "tarifs-v2.xlsx")]
    public void Other_marks_tell_where_the_text_is_much_the_same(string older, string newer)
    {
        newer = newer.Replace("tarifs.xlsx - ", "tarifs ", StringComparison.Ordinal);

        Assert.True(Lineage.IsNewer(Make(newer, $"{Text} Merci."), Make(older, Text, day: 9)));
        Assert.False(Lineage.IsNewer(Make(newer, Other), Make(older, Text)));
        Assert.False(Lineage.IsNewer(Make(older, Text, day: 9), Make(newer, $"{Text} Merci.")));
    }

    [Theory]
    [InlineData("tarifs.xlsx", "copie/tarifs.xlsx")]
    [InlineData("tarifs.xlsx", "Copie de tarifs.xlsx")]
    [InlineData("tarifs.xlsx", "tarifs - Copie (2).xlsx")]
    public void Of_names_that_tell_no_order_the_later_change_is_the_newer(string one, string other)
    {
        Assert.True(Lineage.IsNewer(Make(one, $"{Text} Merci.", day: 1), Make(other, Text)));
        Assert.True(Lineage.IsNewer(Make(other, $"{Text} Merci.", day: 1), Make(one, Text)));
        Assert.False(Lineage.IsNewer(Make(one, $"{Text} Merci."), Make(other, Text)));
    }

    [Fact]
    public void The_same_text_is_a_copy_and_no_version() =>
        Assert.False(Lineage.IsNewer(Make("tarifs-v3.xlsx", Text), Make("tarifs-v2.xlsx", Text)));

    // A4, 12e, mobile-vitale: letters and digits that are no version.
    [Theory]
    [InlineData("salle A1.docx", "salle A2.docx")]
    [InlineData("convive1.docx", "convive2.docx")]
    [InlineData("lot 1.docx", "lot 2.docx")]
    public void Numbers_that_are_part_of_a_name_make_another_name(string one, string other)
    {
        Assert.False(Lineage.IsNewer(Make(other, $"{Text} Merci.", day: 1), Make(one, Text)));
        Assert.False(Lineage.IsNewer(Make(one, Text), Make(other, $"{Text} Merci.", day: 1)));
    }

    [Fact]
    public void Documents_of_two_sources_are_no_versions_of_one_another() =>
        Assert.False(Lineage.IsNewer(Make("a-v3.md", Text) with { Source = "other" }, Make("a-v2.md", Other)));

    private static DocumentVersion Make(string path, string text, int day = 0)
    {
        var prepared = TestDocuments.Prepare(path, text, title: "t") with
        {
            ModifiedAt = DateTimeOffset.UnixEpoch.AddDays(day),
            Fingerprint = TextSketch.Of(Encoding.UTF8.GetBytes(text)),
        };
        return TestDocuments.Describe(prepared);
    }
}

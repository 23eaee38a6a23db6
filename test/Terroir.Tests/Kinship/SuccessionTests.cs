using System.Text;
using Terroir.Kinship;
using Terroir.Storage;
using Terroir.Tests.Retrieval;

namespace Terroir.Tests.Kinship;

/// <summary>Which documents are versions of one another, and which is the newer.</summary>
public sealed class SuccessionTests
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
        Assert.True(Succession.IsNewer(Make(newer, Text), Make(older, Other, day: 9)));
        Assert.False(Succession.IsNewer(Make(older, Other, day: 9), Make(newer, Text)));
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

        Assert.True(Succession.IsNewer(Make(newer, $"{Text} Merci."), Make(older, Text, day: 9)));
        Assert.False(Succession.IsNewer(Make(newer, Other), Make(older, Text)));
        Assert.False(Succession.IsNewer(Make(older, Text, day: 9), Make(newer, $"{Text} Merci.")));
    }

    [Theory]
    [InlineData("tarifs.xlsx", "copie/tarifs.xlsx")]
    [InlineData("tarifs.xlsx", "Copie de tarifs.xlsx")]
    [InlineData("tarifs.xlsx", "tarifs - Copie (2).xlsx")]
    public void Of_names_that_tell_no_order_the_later_change_is_the_newer(string one, string other)
    {
        Assert.True(Succession.IsNewer(Make(one, $"{Text} Merci.", day: 1), Make(other, Text)));
        Assert.True(Succession.IsNewer(Make(other, $"{Text} Merci.", day: 1), Make(one, Text)));
        Assert.False(Succession.IsNewer(Make(one, $"{Text} Merci."), Make(other, Text)));
    }

    [Fact]
    public void The_same_text_is_a_copy_and_no_version() =>
        Assert.False(Succession.IsNewer(Make("tarifs-v3.xlsx", Text), Make("tarifs-v2.xlsx", Text)));

    // A4, 12e, mobile-vitale: letters and digits that are no version.
    [Theory]
    [InlineData("salle A1.docx", "salle A2.docx")]
    [InlineData("convive1.docx", "convive2.docx")]
    [InlineData("lot 1.docx", "lot 2.docx")]
    public void Numbers_that_are_part_of_a_name_make_another_name(string one, string other)
    {
        Assert.False(Succession.IsNewer(Make(other, $"{Text} Merci.", day: 1), Make(one, Text)));
        Assert.False(Succession.IsNewer(Make(one, Text), Make(other, $"{Text} Merci.", day: 1)));
    }

    [Fact]
    public void Documents_of_two_sources_are_no_versions_of_one_another() =>
        Assert.False(Succession.IsNewer(Make("a-v3.md", Text) with { Source = "other" }, Make("a-v2.md", Other)));

    [Theory]
    [InlineData("note 2019-12", "Note de service n° 2019-12", "n.pdf", true)]
    [InlineData("note 2019-12", "Horaires", "note-de-service-2019-12.pdf", true)]
    [InlineData("note 2019-12", "Réunion 2019-12", "reunion.pdf", false)]
    [InlineData("note 2019-1", "Note de service n° 2019-12", "n.pdf", false)]
    [InlineData("PR-012", "PR-012 Archivage", "a.pdf", true)]
    [InlineData("PR-012", "PR-013 Archivage, 012 copies", "a.pdf", false)]
    [InlineData("Procédure d'archivage", "Procédure d’archivage (version 2)", "a.pdf", true)]
    [InlineData("Archivage", "Archivage des images", "a.pdf", false)]
    public void A_document_is_newer_than_the_one_whose_name_it_says_it_replaces(
        string name,
        string title,
        string path,
        bool isNewer)
    {
        var newer = Make("nouvelle.md", Text) with { Replaces = ["autre chose", name] };
        var older = Make(path, Other, day: 9) with { Title = title };

        Assert.Equal(isNewer, Succession.IsNewer(newer, older));
        Assert.False(Succession.IsNewer(older, newer));
    }

    [Fact]
    public void A_document_is_older_than_the_one_that_it_says_it_is_replaced_by_unless_that_says_the_contrary()
    {
        var older = Make("ancienne.md", Text, day: 9) with { ReplacedBy = ["note 2024-3"] };
        var newer = Make("b.md", Other) with { Title = "Note de service n° 2024-3" };
        var contrary = newer with { ReplacedBy = ["ancienne"] };
        var collection = TestSite.Collection;
        var lineage = new Succession([(collection, older), (collection, newer)]);

        Assert.True(Succession.IsNewer(newer, older));
        Assert.False(Succession.IsNewer(older, newer));
        Assert.True(lineage.IsOld(collection, older.Id));
        Assert.False(lineage.IsOld(collection, newer.Id));
        Assert.False(Succession.IsNewer(contrary, older));
        Assert.False(new Succession([(collection, older)]).IsOld(collection, older.Id));
    }

    [Fact]
    public void A_document_that_has_the_name_itself_or_is_named_back_replaces_nothing()
    {
        var one = Make("a.md", Text) with { Title = "Note n° 2019-12", Replaces = ["note 2019-12", "note 2020-7"] };
        var other = Make("b.md", Other, day: 9) with { Title = "Note n° 2019-12 bis" };
        var back = Make("c.md", Other, day: 9) with { Title = "Note n° 2020-7", Replaces = ["note 2019-12"] };

        Assert.False(Succession.IsNewer(one, other));
        Assert.False(Succession.IsNewer(one, back));
        Assert.False(Succession.IsNewer(back, one));
    }

    [Theory]
    [InlineData("2026-01-15", "a-v2.md")]
    [InlineData("2026-02-01", "a-v3.md")]
    [InlineData("2027-01-01", "a-v2.md")]
    [InlineData(null, "a-v3.md")]
    public void Of_two_versions_the_newer_goes_first_if_it_holds_or_neither_does(string? day, string first)
    {
        var older = Make("a-v2.md", Text);
        var newer = Make("a-v3.md", Other) with
        {
            ValidFrom = new DateOnly(2026, 2, 1),
            ValidUntil = new DateOnly(2026, 12, 31),
        };
        var collection = TestSite.Collection;
        var lineage = new Succession(
            [(collection, older), (collection, newer)],
            day is null ? null : DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));

        var isNewerFirst = first.Equals(newer.Path, StringComparison.Ordinal);
        Assert.Equal(isNewerFirst, lineage.GoesBefore((collection, newer.Id), (collection, older.Id)));
        Assert.Equal(!isNewerFirst, lineage.GoesBefore((collection, older.Id), (collection, newer.Id)));
        Assert.Equal(isNewerFirst, lineage.IsOld(collection, older.Id));
        Assert.True(lineage.IsNewer((collection, newer.Id), (collection, older.Id)));
    }

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

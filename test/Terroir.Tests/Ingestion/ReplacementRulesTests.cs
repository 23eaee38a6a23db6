using Terroir.Documents;
using Terroir.Ingestion.Text;

namespace Terroir.Tests.Ingestion;

/// <summary>What a document says that it replaces.</summary>
public sealed class ReplacementRulesTests
{
    [Theory]
    [InlineData("La présente note annule et remplace la note de service n° 2019-12 du 03/05/2019.", "note 2019-12")]
    [InlineData("Cette procédure remplace la procédure PR-012 à compter du 1er mars.", "PR-012")]
    [InlineData("Annule et remplace : « Procédure d'archivage »", "Procédure d'archivage")]
    [InlineData("Elle est courte. Elle annule et remplace la circulaire DGOS/R2/2013-144.", "DGOS/R2/2013-144")]
    [InlineData(
        "La présente circulaire abroge et remplace les circulaires n° 12 et n° 2014-07.",
        "circulaire 12|circulaire 2014-07")]
    [InlineData("La présente note de service n° 2024-3 du 5 mars 2024 annule et remplace PR-7.", "PR-7")]
    [InlineData("This policy supersedes and replaces \"Access to the archive\".", "Access to the archive")]
    [InlineData("This procedure supersedes procedure no. 2019.4 of 3 May.", "procedure 2019.4")]
    public void A_document_that_speaks_of_itself_names_what_it_replaces(string line, string names) =>
        Assert.Equal(names, Read(line));

    [Theory]
    [InlineData("Le filtre remplace la cartouche PR-012.")]
    [InlineData("Le badge perdu est remplacé. La garde remplace la note n° 2019-12 sur le panneau.")]
    [InlineData("La présente note annule et remplace la version précédente.")]
    [InlineData("La présente note remplace celle du 03/05/2019.")]
    [InlineData("Cette note dit qui remplace un agent absent : voir PR-012.")]
    public void What_speaks_of_other_things_or_names_nothing_replaces_nothing(string line) =>
        Assert.Equal("", Read(line));

    [Theory]
    [InlineData("La présente note est remplacée par la note de service n° 2024-3 du 5 mars 2024.", "note 2024-3")]
    [InlineData("Cette procédure a été annulée et remplacée par « Accès aux archives ».", "Accès aux archives")]
    [InlineData("Remplacée par : PR-013", "PR-013")]
    [InlineData("Annulé et remplacé par la circulaire DGOS/R2/2013-144.", "DGOS/R2/2013-144")]
    [InlineData("Ce document est abrogé par la délibération n° 12.", "délibération 12")]
    [InlineData("This procedure has been superseded by PR-013.", "PR-013")]
    [InlineData("Superseded by procedure no. 2019.4 of 3 May.", "procedure 2019.4")]
    [InlineData("La présente note est remplacée par la note n° 2024-3, qui remplace aussi PR-7.", "note 2024-3")]
    public void A_document_that_speaks_of_itself_names_what_it_is_replaced_by(string line, string names)
    {
        Assert.Equal(names, ReadSuccessors(line));
        Assert.Equal("", Read(line));
    }

    [Theory]
    [InlineData("Le filtre est remplacé par la cartouche PR-012.")]
    [InlineData("Il est remplacé par PR-012.")]
    [InlineData("L'annexe 2 de la présente note est remplacée par PR-012.")]
    [InlineData("La présente note sera remplacée par la note n° 2030-1.")]
    [InlineData("La présente note n'est pas remplacée par la note n° 2024-3.")]
    [InlineData("La présente note annule et remplace la note de service n° 2019-12.")]
    [InlineData("This procedure will be superseded by PR-013.")]
    [InlineData("Cette note est remplacée par une version plus courte.")]
    public void What_speaks_of_other_things_or_of_later_is_replaced_by_nothing(string line) =>
        Assert.Equal("", ReadSuccessors(line));

    [Fact]
    public void Lists_and_tables_speak_of_other_documents() => Assert.Null(ReplacementRules.Read(CanonicalText.From(
    [
        new ListItemBlock(0, null, "Annule et remplace : PR-012", SourcePlace.Whole),
        new TableBlock([new TableRow(["Annule et remplace : PR-012"], SourcePlace.Whole)], 0, SourcePlace.Whole),
    ])));

    private static string ReadSuccessors(string line) => string.Join(
        '|',
        ReplacementRules.ReadSuccessors(CanonicalText.From([new ParagraphBlock(line, SourcePlace.Whole)])) ?? []);

    private static string Read(string line) => string.Join(
        '|',
        ReplacementRules.Read(CanonicalText.From([new ParagraphBlock(line, SourcePlace.Whole)])) ?? []);
}

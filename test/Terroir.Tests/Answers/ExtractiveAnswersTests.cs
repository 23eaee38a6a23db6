using Terroir.Answers;
using Terroir.Answers.Extractive;

namespace Terroir.Tests.Answers;

/// <summary>What is answered from small documents, and what is refused.</summary>
public sealed class ExtractiveAnswersTests : IAsyncLifetime
{
    private const string Triage = """
        # Accueil et triage

        Un patient de niveau 3 est réévalué toutes les 30 minutes.

        | Niveau | Situation | Délai avant l'examen |
        |---|---|---|
        | 1 | Détresse vitale | immédiat |
        | 2 | Atteinte d'un organe | 20 minutes |
        | 3 | Lésion instable | 60 minutes |
        """;

    private const string Fire = """
        # Consignes incendie

        Les renforts se présentent au bâtiment C.

        ## En cas de feu dans une chambre

        Les gestes sont, dans cet ordre :

        1. Déclenchez l'alarme.
        2. Sortez le patient. Ne revenez pas.
        3. **Fermez** la porte.

        ## Exercices

        Le registre est rempli par le cadre. Un exercice a lieu chaque année, en mars.
        """;

    private readonly TestSite _site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _site.Source.Write("permissions.yaml", "allow: [everyone]");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_row_is_shown_with_its_headers_and_quoted_as_it_is_stored()
    {
        await WriteAsync(("triage.md", Triage));

        var answer = await AskAsync("Quel est le délai avant l'examen au niveau 2 ?");

        Assert.Equal(
            "Niveau : 2 – Situation : Atteinte d'un organe – Délai avant l'examen : 20 minutes [1]",
            answer.Text);
        Assert.Equal("| 2 | Atteinte d'un organe | 20 minutes |", Assert.Single(answer.Citations).Quote);
    }

    [Fact]
    public async Task A_row_that_continues_a_table_of_another_passage_has_its_headers_too()
    {
        var rows = string.Concat(Enumerable.Range(1, 200).Select(number =>
            $"\n| Salle {number} | poste {7000 + number} |"));
        await WriteAsync(("salles.md", $"# Annuaire\n\n| Lieu | Numéro |\n|---|---|{rows}"));

        var answer = await AskAsync("Quel est le numéro de la salle 180 ?");

        Assert.Equal("Lieu : Salle 180 – Numéro : poste 7180 [1]", answer.Text);
    }

    [Fact]
    public async Task A_list_is_given_whole_under_one_citation_without_its_marks()
    {
        await WriteAsync(("feu.md", Fire));

        var answer = await AskAsync("Quels sont les gestes en cas de feu dans une chambre ?");

        Assert.Equal(
            "Les gestes sont, dans cet ordre :\nDéclenchez l'alarme.\nSortez le patient. Ne revenez pas.\n"
            + "Fermez la porte. [1]",
            answer.Text);
        Assert.StartsWith("Les gestes sont", Assert.Single(answer.Citations).Quote, StringComparison.Ordinal);
        Assert.EndsWith("3. Fermez la porte.", answer.Citations[0].Quote, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_list_is_given_up_to_its_bound()
    {
        var items = string.Concat(Enumerable.Range(1, 30).Select(number => $"\n- Règle {number}"));
        await WriteAsync(("regles.md", $"# Prêt de matériel\n\nLes règles du prêt sont :\n{items}"));

        var answer = await AskAsync("Quelles sont les règles du prêt de matériel ?");

        Assert.Equal(PassageOutline.ListItemCountMax + 1, answer.Text.Split('\n').Length);
    }

    [Fact]
    public async Task A_list_in_one_long_sentence_is_cut_at_its_semicolons()
    {
        await WriteAsync((
            "admission.md",
            "# Admission\n\n"
            + "Le dossier comprend : une pièce d'identité officielle avec photographie ; la carte Vitale et "
            + "l'attestation de droits ; la lettre du médecin qui adresse le patient ; le nom et le téléphone de la "
            + "personne à prévenir."));

        var whole = await AskAsync("Quelles sont les pièces du dossier d'admission ?");
        var item = await AskAsync("Le dossier comprend-il la lettre du médecin ?");

        Assert.Equal(
            "Le dossier comprend :\nune pièce d'identité officielle avec photographie\nla carte Vitale et "
            + "l'attestation de droits\nla lettre du médecin qui adresse le patient\nle nom et le téléphone de la "
            + "personne à prévenir. [1]",
            whole.Text);
        Assert.Equal("la lettre du médecin qui adresse le patient", Assert.Single(item.Citations).Quote);
    }

    [Fact]
    public async Task A_question_with_two_parts_is_answered_from_two_places()
    {
        await WriteAsync(("feu.md", Fire), ("triage.md", Triage));

        var answer = await AskAsync("Qui remplit le registre et quand a lieu l'exercice ?");

        Assert.Equal(
            "Le registre est rempli par le cadre. [1] Un exercice a lieu chaque année, en mars. [2]",
            answer.Text);
        Assert.Empty(answer.Notices);
    }

    [Fact]
    public async Task A_part_that_finds_no_answer_is_named()
    {
        await WriteAsync(("feu.md", Fire));

        var answer = await AskAsync("Qui remplit le registre et combien coûte la climatisation ?");

        Assert.Equal("Le registre est rempli par le cadre. [1]", answer.Text);
        Assert.Equal([AnswerWords.French.PartMissing], answer.Notices);
    }

    [Theory]
    [InlineData("Quel est le délai avant l'examen au niveau 7 ?")]
    [InlineData("Où se présentent les renforts du bâtiment D ?")]
    [InlineData("Qui remplit le registre du projet Sirocco ?")]
    [InlineData("Qui remplit le registre de la blanchisserie ?")]
    [InlineData("Who keeps the register of the laundry?")]
    public async Task A_number_a_letter_a_name_or_a_noun_that_is_nowhere_is_refused(string question)
    {
        await WriteAsync(("feu.md", Fire), ("triage.md", Triage));

        var answer = await AskAsync(question);

        Assert.True(answer.IsRefused, answer.Text);
        Assert.Empty(answer.Citations);
    }

    [Theory]
    [InlineData("Combien coûte le badge ?", "Le badge est facturé 15 €.")]
    [InlineData("Combien de temps dure le badge ?", "Le badge reste valable trois mois.")]
    [InlineData("À quelle heure retire-t-on le badge ?", "Le badge se retire à 8 h 30.")]
    [InlineData("Qui appeler pour le badge ?", "Pour le badge, le poste est le 4118.")]
    [InlineData("Combien de badges sont perdus ?", "Le service compte 41 badges perdus.")]
    [InlineData("Quelle part des badges est perdue ?", "Une perte est signalée pour 12 % des badges.")]
    [InlineData("Qu'est-ce qu'un badge ?", "Un badge est une carte à puce.")]
    public async Task What_is_asked_for_decides_between_sentences_about_the_same_thing(
        string question,
        string expected)
    {
        await WriteAsync((
            "badge.md",
            """
            # Badge

            Le badge porte un nom.

            Le badge est facturé 15 €.

            Le badge reste valable trois mois.

            Le badge se retire à 8 h 30.

            Pour le badge, le poste est le 4118.

            Le service compte 41 badges perdus.

            Une perte est signalée pour 12 % des badges.

            Un badge est une carte à puce.
            """));

        var answer = await AskAsync(question);

        Assert.StartsWith(expected, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sentence_that_begins_with_a_pronoun_is_quoted_with_the_one_before()
    {
        await WriteAsync(("sortie.md", "# Sortie\n\nLa permission de sortie est écrite. Elle dure au plus 48 heures."));

        var answer = await AskAsync("Combien de temps dure une permission de sortie ?");

        Assert.Equal(
            "La permission de sortie est écrite. Elle dure au plus 48 heures.",
            Assert.Single(answer.Citations).Quote);
    }

    [Fact]
    public async Task The_same_statement_of_two_documents_is_said_once_and_cited_twice()
    {
        const string Statement = "Le self ouvre à 11 h 15.";
        await WriteAsync(("a.md", $"# Self\n\n{Statement}"), ("b.md", $"# Restauration\n\nLe midi.\n\n{Statement}"));

        var answer = await AskAsync("À quelle heure ouvre le self ?");

        Assert.Equal($"{Statement} [1][2]", answer.Text);
        Assert.Equal(2, answer.Citations.Select(citation => citation.Document).Distinct().Count());
    }

    [Fact]
    public async Task The_newer_of_two_versions_answers_and_a_notice_says_that_the_older_differs()
    {
        await WriteAsync(
            ("pret-v2.md", "# Prêt, version 2\n\nLe prêt d'un dossier est limité à trente jours."),
            ("pret-v10.md", "# Prêt, version 10\n\nLe prêt d'un dossier est limité à quinze jours."));

        var answer = await AskAsync("Quelle est la durée du prêt d'un dossier ?");

        Assert.Equal("Le prêt d'un dossier est limité à quinze jours. [1]", answer.Text);
        Assert.Equal(
            [
                "Une version plus ancienne, « Prêt, version 2 », disait « trente jours » au lieu de « quinze jours » "
                + "[2].",
            ],
            answer.Notices);
    }

    [Fact]
    public async Task An_older_version_that_alone_answers_is_named()
    {
        await WriteAsync(
            ("loan-v1.md", "# Loans, version 1\n\nA medical record is lent for thirty days."),
            ("loan-v2.md", "# Loans, version 2\n\nA medical record never leaves the archive."));

        var answer = await AskAsync("For how many days is a medical record lent?");

        Assert.StartsWith("A medical record is lent for thirty days. [1]", answer.Text, StringComparison.Ordinal);
        Assert.Equal(["The answer comes from an old version: “Loans, version 1”. Check the newest."], answer.Notices);
    }

    [Fact]
    public async Task An_older_version_gives_way_to_its_newer_one_and_to_no_other_document()
    {
        await WriteAsync(
            ("pret-v1.md", "# Prêt, version 1\n\nLe dossier de séjour est prêté trente jours."),
            ("pret-v2.md", "# Prêt, version 2\n\nLe matériel reste au service."),
            ("sejour.md", "# Séjour\n\nLe séjour est prévu sept jours avant, avec un dossier."));

        var answer = await AskAsync("Combien de jours un dossier de séjour est-il prêté ?");

        Assert.StartsWith("Le dossier de séjour est prêté trente jours. [1]", answer.Text, StringComparison.Ordinal);
        Assert.Single(answer.Notices);
    }

    [Theory]
    [InlineData("Combien de lunes a Jupiter ?", "", "Je ne trouve pas")]
    [InlineData("At what time does the moon rise?", "", "I cannot find")]
    [InlineData("Whom do I call about the moon?", "", "I cannot find")]
    [InlineData("At what time does the moon rise?", "fr", "Je ne trouve pas")]
    public async Task A_refusal_is_in_the_language_of_the_question_or_the_one_asked_for(
        string question,
        string language,
        string start)
    {
        await WriteAsync(("feu.md", Fire));

        var answer = await _site.Answerer.AskAsync(
            new AskRequest { Question = question, Asker = TestSite.Everyone, Language = language },
            Stop);

        Assert.StartsWith(start, answer.Text, StringComparison.Ordinal);
    }

    private async Task WriteAsync(params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            _site.Source.Write(path, text);
        }

        await _site.AddSourceAsync();
        await _site.SyncAsync();
    }

    private Task<Answer> AskAsync(string question) =>
        _site.Answerer.AskAsync(new AskRequest { Question = question, Asker = TestSite.Everyone }, Stop);
}

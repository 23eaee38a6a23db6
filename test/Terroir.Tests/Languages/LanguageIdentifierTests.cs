using Terroir.Languages;

namespace Terroir.Tests.Languages;

public sealed class LanguageIdentifierTests
{
    [Theory]
    [InlineData("Quel est le prix d'un café ?", "fr")]
    [InlineData("Combien de RTT pour un agent ?", "fr")]
    [InlineData("Où jeter une aiguille", "fr")]
    [InlineData("Whom do I call about lost property?", "en")]
    [InlineData("At what time does the desk close?", "en")]
    [InlineData("Visiting hours on Sunday?", "en")]
    [InlineData("Wie viel kostet das Zimmer und der Parkplatz?", "de")]
    [InlineData("¿Cuánto cuesta el aparcamiento?", "es")]
    [InlineData("Quanto costa il parcheggio?", "it")]
    [InlineData("Onde fica o estacionamento?", "pt")]
    [InlineData("Hoeveel kost de kamer?", "nl")]
    [InlineData("4118", "fr")]
    public void A_question_has_the_language_of_its_small_words(string question, string language) =>
        Assert.Equal(language, LanguageIdentifier.Identify(question, "fr"));

    [Theory]
    [InlineData("fr", "Les visites ont lieu de 13 h à 20 h.|Le badge perdu est déclaré au poste de garde.|"
        + "Lavage des mains avant chaque soin.|Adressez votre demande au service des admissions.|"
        + "Toute personne hospitalisée peut recevoir un ministre du culte.|Matériel : gants, masque et lunettes.")]
    [InlineData("en", "Visitors are welcome from 1 pm to 8 pm.|A lost badge is reported to the guard.|"
        + "Wash your hands before each treatment.|Send your request to the admissions office.|"
        + "Patients may be visited by a chaplain.|The results were significant in both groups.")]
    [InlineData("de", "Besuche sind von 13 bis 20 Uhr erlaubt.|Ein verlorener Ausweis wird der Wache gemeldet.|"
        + "Waschen Sie sich vor jeder Behandlung die Hände.|Richten Sie Ihren Antrag an die Aufnahme.|"
        + "Der Patient kann einen Seelsorger empfangen.|Die Ergebnisse waren in beiden Gruppen gleich.")]
    [InlineData("es", "Las visitas son de 13 a 20 horas.|La tarjeta perdida se comunica al puesto de guardia.|"
        + "Lávese las manos antes de cada cura.|Dirija su solicitud al servicio de admisión.|"
        + "El paciente puede recibir a un sacerdote.|Los resultados fueron iguales en los dos grupos.")]
    [InlineData("it", "Le visite sono dalle 13 alle 20.|Il tesserino perso va segnalato al posto di guardia.|"
        + "Lavarsi le mani prima di ogni medicazione.|La richiesta va inviata all'ufficio ricoveri.|"
        + "Il paziente può ricevere un sacerdote.|I risultati sono stati uguali nei due gruppi.")]
    [InlineData("pt", "As visitas são das 13 às 20 horas.|O cartão perdido é comunicado ao posto de guarda.|"
        + "Lave as mãos antes de cada tratamento.|Envie o seu pedido ao serviço de admissão.|"
        + "O doente pode receber um sacerdote.|Os resultados foram iguais nos dois grupos.")]
    [InlineData("nl", "Bezoek is welkom van 13 tot 20 uur.|Een verloren pas wordt gemeld bij de wacht.|"
        + "Was uw handen voor elke behandeling.|Stuur uw aanvraag naar de opnamedienst.|"
        + "De patiënt kan een geestelijke ontvangen.|De resultaten waren in beide groepen gelijk.")]
    public void A_sentence_has_its_language(string language, string sentences) =>
        Assert.All(
            sentences.Split('|'),
            sentence => Assert.Equal((sentence, language), (sentence, LanguageIdentifier.Identify(sentence, "fr"))));

    [Theory]
    [InlineData("Les visites ont lieu de 13 h à 20 h.", "en-US", "fr")]
    [InlineData("Service | Poste", "en-GB", "en")]
    [InlineData("Service | Poste", null, "fr")]
    [InlineData("Odwiedziny pacjentów trwają od godziny trzynastej do dwudziestej.", "pl-PL", "pl")]
    [InlineData("Les visites ont lieu de 13 h à 20 h.", "pl", "fr")]
    [InlineData("Les visites ont lieu de 13 h à 20 h.", "x-default", "fr")]
    public void What_a_document_states_counts_where_its_words_do_not_tell(
        string text,
        string? stated,
        string language) =>
        Assert.Equal(language, LanguageIdentifier.IdentifyDocument(text, stated, "fr"));

    [Theory]
    [InlineData("Titre de séjour", "en", null)]
    [InlineData("Wash your hands before you enter the room.", "fr", "en")]
    [InlineData("Le badge est gardé par le patient.", "fr", "fr")]
    [InlineData("Durée | 3 mois", "fr", null)]
    [InlineData("Article « The state of the art » de la revue, dans le numéro de mars", "fr", null)]
    public void A_block_has_another_language_only_if_it_tells(string text, string main, string? language) =>
        Assert.Equal(language, LanguageIdentifier.IdentifyBlock(text, main));
}

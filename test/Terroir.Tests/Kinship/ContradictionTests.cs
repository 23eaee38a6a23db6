using Terroir.Kinship.Contradictions;

namespace Terroir.Tests.Kinship;

/// <summary>Which passages contradict each other, and which only look as if they did.</summary>
public sealed class ContradictionTests
{
    [Theory]
    [InlineData("Le délai de réponse est de 15 jours.", "Le délai de réponse est de 30 jours.", "15 jours", "30 jours")]
    [InlineData("Le tarif du repas est de 4,20 €.", "Le tarif du repas est de 5 euros.", "4,20 €", "5 euros")]
    [InlineData("La visite a lieu le 3 mars 2026.", "La visite a lieu le 10/03/2026.", "3 mars 2026", "10/03/2026")]
    [InlineData("Le self ouvre à 11 h 15.", "Le self ouvre à 11h45.", "11 h 15", "11h45")]
    [InlineData("Prévoir 3 infirmiers la nuit.", "Prévoir 4 infirmiers la nuit.", "3 infirmiers", "4 infirmiers")]
    [InlineData("Le congé dure quinze jours.", "Le congé dure trente jours.", "quinze jours", "trente jours")]
    [InlineData("Doses are kept for 2 days.", "Doses are kept for 72 hours.", "2 days", "72 hours")]
    [InlineData("| Parking | 12 € |", "| Parking | 15 € |", "12 €", "15 €")]
    [InlineData("| Lits ouverts | 15 |", "| Lits ouverts | 18 |", "15", "18")]
    [InlineData("- La caution est de 20 %.", "3. La caution est de 30 %.", "20 %", "30 %")]
    public void A_figure_that_differs_is_a_contradiction(string one, string other, string figure, string otherFigure)
    {
        var found = Assert.Single(Find(one, other));

        Assert.Equal((figure, otherFigure), (found.Figures[0].One.Text, found.Figures[0].Other.Text));
    }

    [Theory]
    [InlineData("Le port du masque n'est pas obligatoire.", "Le port du masque est obligatoire.")]
    [InlineData("Visitors may not park here.", "Visitors may park here.")]
    public void A_denial_is_a_contradiction(string one, string other) =>
        Assert.Empty(Assert.Single(Find(one, other)).Figures);

    [Theory]
    [InlineData("Le délai est de 48 heures.", "Le délai est de 2 jours.")]
    [InlineData("Le tarif est de 1 250,50 €.", "Le tarif est de 1250,5 euros.")]
    [InlineData("Le délai de réponse est de 15 jours.", "Le délai de recours est de 30 jours.")]
    [InlineData("Voir la page 3 du guide.", "Voir la page 5 du guide.")]
    [InlineData("Page 3 sur 12", "Page 4 sur 12")]
    [InlineData("3. Fermer la porte du local.", "4. Fermer la porte du local.")]
    [InlineData("Appeler le 01 23 45 67 89 la nuit.", "Appeler le 01 23 45 67 00 la nuit.")]
    [InlineData("Appeler le poste 4118 la nuit.", "Appeler le poste 4119 la nuit.")]
    [InlineData("La procédure PR-012 fixe la règle.", "La procédure PR-013 fixe la règle.")]
    [InlineData("Le dossier n° 2024-117 est clos.", "Le dossier n° 2024-118 est clos.")]
    [InlineData("En 2023, le taux était de 4 %.", "En 2024, le taux était de 5 %.")]
    [InlineData("Le 3 mars 2025, 12 lits étaient fermés.", "Le 3 mars 2026, 15 lits étaient fermés.")]
    [InlineData("| Parking | 12 € |", "| Repas | 15 € |")]
    [InlineData("| 2024 | 12 € |", "| 2025 | 15 € |")]
    [InlineData("La salle A4 est libre le matin.", "La salle A5 est libre le matin.")]
    [InlineData("La durée est de 15 jours.", "La durée est de 15 mois.")]
    [InlineData("12 €", "15 €")]
    public void What_only_looks_different_is_none(string one, string other) => Assert.Empty(Find(one, other));

    [Fact]
    public void Passages_on_two_people_or_two_invoices_do_not_contradict_each_other()
    {
        Assert.Empty(Find("La dose prescrite est de 15 mg. Patient : Paul Dupont, né à Nantes.",
            "La dose prescrite est de 20 mg. Patient : Anne Martin, née à Nantes."));
        Assert.Empty(Find("Facture n° 2024-117. Le montant total est de 120 €.",
            "Facture n° 2024-118. Le montant total est de 340 €."));
    }

    [Fact]
    public void The_same_sentence_on_other_subjects_is_no_contradiction()
    {
        const string One = "Le délai de réponse est de 15 jours.";
        const string Other = "Le délai de réponse est de 30 jours.";

        Assert.Empty(new ComparedPassage("Recrutement", [], One).FindIn(new ComparedPassage("Achats", [], Other)));
        Assert.Empty(new ComparedPassage("Achats", [], $"{One} Les contrats durent un an et se renouvellent par écrit.")
            .FindIn(new ComparedPassage("Achats", [], $"{Other} La commission examine les offres des candidats.")));
        Assert.Empty(new ComparedPassage("Plan 2025", [], One).FindIn(new ComparedPassage("Plan 2026", [], Other)));
        Assert.Single(new ComparedPassage("Achats v2", [], One).FindIn(new ComparedPassage("Achats v3", [], Other)));
    }

    [Fact]
    public void A_passage_that_says_both_contradicts_nothing() =>
        Assert.Empty(Find(
            "La place vaut 12 € par mois. La place vaut 15 € par mois.",
            "La place vaut 12 € par mois. Le badge se rend au poste."));

    private static IReadOnlyList<Contradiction> Find(string one, string other) =>
        new ComparedPassage("Règlement", [], one).FindIn(new ComparedPassage("Règlement intérieur", [], other));
}

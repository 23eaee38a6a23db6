namespace Terroir.Protection.PersonalData.Synthetic;

/// <summary>Names that made documents draw from: common ones, of nobody in particular.</summary>
internal static class SyntheticNames
{
    // A low line joins the parts of one surname.
    private const string Training =
        "Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre Leroy "
        + "Roux David Bertrand Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller "
        + "Lefèvre Faure André Mercier Blanc Guérin Boyer Garnier Chevalier François Legrand Gauthier Garcia "
        + "Perrin Robin Clément Morin Nicolas Henry Roussel Mathieu Gautier Masson Marchand Duval Denis Dumont "
        + "Marie Lemaire Noël Meyer Dufour Meunier Brun Blanchard Giraud Joly Rivière Lucas Brunet Gaillard "
        + "Barbier Arnaud Martinez Gérard Roche Renard Schmitt Roy Leroux Colin Vidal Caron Picard Roger Fabre "
        + "Aubert Lemoine Renaud Dumas Lacroix Olivier Philippe Bourgeois Pierre Benoît Rey Leclerc Payet "
        + "Rolland Leclercq Guillaume Lecomte Lopez Jean Dupuy Guillot Hubert Berger Carpentier Sanchez Dupuis "
        + "Moulin Louis Deschamps Huet Vasseur Perez Boucher Fleury Royer Klein Jacquet Adam Paris Poirier "
        + "Marty Aubry Guyot Carré Charles Renault Charpentier Ménard Maillard Baron Bertin Bailly Hervé "
        + "Schneider Fernandez Le_Gall Collet Léger Bouvier Julien Prévost Millet Perrot Daniel Le_Roux Cousin "
        + "Germain Breton Besson Langlois Remy Le_Goff Pelletier Lévêque Perrier Leblanc Barré Lebrun Marchal "
        + "Weber Mallet Hamon Boulanger Jacob Monnier Michaud Rodriguez Guichard Gillet Étienne Grondin Poulain "
        + "Tessier Chevallier Collin Chauvin Da_Silva Bouchet Gay Lemaître Bénard Maréchal Humbert Reynaud "
        + "Antoine Hoarau Perret Barthélemy Cordier Pichon Lejeune Gilbert Lamy Delaunay Pasquier Carlier "
        + "Laporte Benali Haddad Nguyen Traoré Diallo Kowalski Ferreira Rossi Yilmaz Cohen Ben_Amar Ouedraogo "
        + "Popescu Novak Bianchi Chen";

    private const string Evaluation =
        "Gros Buisson Alexandre Briand Maillot Camus Georges Delattre Coulon Rousset Masse Evrard Pons Bodin "
        + "Lebreton Imbert Bigot Delmas Bourdon Valentin Texier Tanguy Guillou Voisin Blondel Maury Chartier "
        + "Riou Ferrand Verdier Leduc Launay Hoareau Auger Peltier Ruiz Rossignol Dijoux Vallée Jourdan Barbe "
        + "Gomez Seguin Tournier Duhamel Gonçalves Thibault Grenier Poncet Chauvet Besnard Lombard Raynaud "
        + "Cohendet Mahé Boutin Labbé Pereira Dias Jacques Parent Berthelot Becker Lagarde Allard Chauveau "
        + "Weiss Ledoux Salmon Guibert Bazin Coste Ferry Wagner Merle Pruvost Gaudin Lebon Sauvage Blin "
        + "Couturier Merlin Leconte Guillet Maurin Courtois Drouet Rault Jacquot Colas Prigent Chapuis Bourdin "
        + "Baudry Devaux Loiseau Tessereau Thierry Morand Cadet Lacombe Gervais Duchesne Prieur Ribeiro Munoz "
        + "Sahin Demir Kaya Amrani Bouzid Cissé Konaté Camara Keita Sylla Ndiaye Tran Pham Le_Bihan Kervella "
        + "Quéméner Etcheverry Ibarra Muñoz Schaeffer Zimmermann Hoffmann Kuhn Vandenberghe Deleu Deprez "
        + "Vercauteren Ciccone Esposito Marino Ricci Almeida Teixeira Lopes Wójcik Nowak Dragomir Ionescu "
        + "Petrov Ivanova Haddouche Belkacem Mansouri Cherif Saidi Toumi Gharbi Abadie Cazenave Lafitte Dufau "
        + "Castéra Peyrot Chabrol Vialatte Brossard Thouvenin Humblot Maillet Rigal Fabry Estève Puech Cros "
        + "Combes Vernet Jaubert Ollivier Blachère Chastel Mounier Faivre Jeannin Pernet Grosjean Mougin "
        + "Vuillemin Bourquin Tisserand Courbet Roussillon Lasserre Marquet Peyron Saunier Vacher Jamet Lorin "
        + "Bréchet Housset Lecointre Lenormand Anquetil Bisson Hébert Quesnel Marie-Rose Toussaint Césaire "
        + "Zobel Bellegarde Montlouis";

    private static readonly string[] TrainingSurnames = Split(Training);

    private static readonly string[] EvaluationSurnames = Split(Evaluation);

    /// <summary>First names, the same ones in both sets: whoever looks for names knows these.</summary>
    public static IReadOnlyList<string> FirstNames { get; } = Names.FirstNames.CommonNames;

    /// <summary>Surnames; the two sets share none.</summary>
    public static IReadOnlyList<string> SurnamesOf(SyntheticSet set) =>
        set is SyntheticSet.Training ? TrainingSurnames : EvaluationSurnames;

    private static string[] Split(string names) => [.. names.Split(' ').Select(name => name.Replace('_', ' '))];
}

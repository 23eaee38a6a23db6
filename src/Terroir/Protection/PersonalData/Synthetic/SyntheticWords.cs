namespace Terroir.Protection.PersonalData.Synthetic;

/// <summary>Words with a capital that are nobody's name: places, companies, medicines.</summary>
internal static class SyntheticWords
{
    public static readonly string[] Streets =
        ["rue des Lilas", "avenue Jean-Jaurès", "boulevard Voltaire", "place de la République", "chemin du Moulin",
            "allée des Tilleuls", "impasse Pasteur", "quai de la Rapée", "route de Lyon", "cours Gambetta"];

    public static readonly string[] PostalTowns =
        ["69003 Lyon", "75012 Paris", "44000 Nantes", "31000 Toulouse", "59800 Lille", "33000 Bordeaux",
            "67000 Strasbourg", "35000 Rennes", "13008 Marseille", "38100 Grenoble", "76600 Le Havre",
            "93200 Saint-Denis"];

    public static readonly string[] Months =
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
            "décembre"];

    public static readonly string[] Towns =
        ["Lyon", "Paris", "Nantes", "Toulouse", "Lille", "Bordeaux", "Strasbourg", "Rennes", "Marseille", "Grenoble",
            "Le Havre", "Saint-Denis", "Clermont-Ferrand", "Aix-en-Provence", "Villeurbanne", "Besançon", "Limoges",
            "Saint-Étienne", "Bourg-en-Bresse", "Chambéry", "Quimper", "La Rochelle", "Charleville-Mézières"];

    public static readonly string[] Organisations =
        ["Ateliers du Port", "Groupe Horizon Santé", "Caisse Régionale du Midi", "Mutuelle des Cheminots",
            "Cabinet Delta Conseil", "Clinique Saint-Joseph", "Hôpital Édouard-Herriot", "Fondation Hospices de l'Est",
            "Société Générale de Travaux", "Crédit Rural de France", "Transports Rhône-Alpes", "Boulangerie du Marché",
            "Imprimerie Nouvelle", "Lycée Jean-Moulin", "Banque Postale", "Assurances du Littoral", "Institut Curie",
            "CPAM du Rhône", "Mairie de Saint-Aubin", "Office Public de l'Habitat"];

    public static readonly string[] Drugs =
        ["Doliprane", "Kardégic", "Levothyrox", "bisoprolol", "paracétamol", "Xarelto", "Augmentin", "ramipril",
            "Lasilix", "Seresta"];
}

namespace Terroir.Protection.PersonalData.Synthetic;

/// <summary>Templates that something may be learned from. None of their sentences is among
/// <see cref="EvaluationTemplates"/>.</summary>
internal static class TrainingTemplates
{
    /// <summary>The genres.</summary>
    public static IReadOnlyList<SyntheticGenre> Genres { get; } = [Hospital, Staff, Bank, Invoice, Mail];

    private static SyntheticGenre Hospital => new(
        "hospital",
        [
            "CENTRE HOSPITALIER DE {TOWN}\nService de cardiologie\nPatient : {PERSON}, né(e) le {birth}\nIPP : {ipp}",
            "COMPTE RENDU OPÉRATOIRE du {date}\nNom : {PERSON}\nDate de naissance : {birth}\nOpérateur : Pr {doctor}",
            "{org}\nPôle Médecine Interne\n{town}, le {date}\n\nCher confrère,\nMerci de m'avoir adressé {person}.",
            "Unité de soins palliatifs\nHospitalisation du {date} au {date}\n{person} ({birth})\nINS {nir}",
        ],
        [
            "J'ai revu ce jour [M.|Mme] {surname} en consultation.",
            "Le traitement par {drug} {dose} est [maintenu|arrêté|diminué].",
            "La fraction d'éjection est à {number} %. Prochain contrôle le {date}.",
            "Le patient, {person}, a été revu au réveil par {other}, interne de garde.",
            "Consignes remises à son accompagnante, Mme {other}.",
            "Sa femme {other} l'accompagnait. Elle signale une asthénie depuis mars.",
            "{surname} sera convoqué par l'équipe du docteur {doctor} avant Noël.",
            "Antécédents : maladie de Crohn, syndrome de Raynaud, hypothyroïdie de Hashimoto.",
            "Le score de Glasgow est à 15, le signe de Babinski absent. Bilan Covid négatif.",
            "Transfert depuis {org} à {town} le {date}, en accord avec la famille.",
            "Discuté en réunion avec {bare}, {bare} et l'infirmière coordinatrice.",
            "Infirmière référente : {other}. Kinésithérapeute : {bare}.",
            "IRM réalisée chez {bare} à {town} : pas de lésion évolutive.",
            "Vu {bare} ce matin, qui propose une surveillance simple.",
            "Le protocole Prodige est appliqué. Échelle de Braden à {number}.",
            "Prélèvements envoyés au laboratoire {org}. Résultats attendus Lundi.",
            "Domicile : {address}. Téléphone de la fille, {other} : {phone}.",
            "Aidant principal {bare}, joignable en journée au {phone}.",
        ],
        [
            "Dr {doctor}, RPPS {rpps}",
            "Bien confraternellement,\n{other}\nPraticien hospitalier",
            "Signé électroniquement par {bare} le {date}",
            "Copie : Docteur {doctor}, {address}",
        ]);

    private static SyntheticGenre Staff => new(
        "staff",
        [
            "Direction des ressources humaines\nObjet : votre avenant au contrat {reference}\nMadame {surname},",
            "{org}\nENTRETIEN ANNUEL {number}\nCollaborateur : {person}\nResponsable : {other}",
            "Note de service n° {reference}\nDe : Direction Générale\nÀ : tous les salariés de {town}",
            "PROCÈS-VERBAL du Comité Social et Économique du {date}\nPrésents : {bare}, {bare}, {bare}",
        ],
        [
            "Votre salaire mensuel brut est porté à {amount} à compter du {date}.",
            "Merci de vérifier vos coordonnées : {address}, téléphone {phone}, adresse électronique {email}.",
            "Votre numéro de sécurité sociale enregistré est le {nir}.",
            "{bare} remplace {bare} pendant son congé parental.",
            "La mission confiée à {bare} se termine le {date}.",
            "Conformément au Code du travail et à la Convention collective Syntec, la prime est due.",
            "{first} a suivi la formation Excel et le module Sécurité Incendie.",
            "{bare} demande si le logiciel Cegid sera remplacé par Workday.",
            "Le manager, {bare}, propose un passage au coefficient {number}.",
            "Les élus rappellent l'accord du Grenelle et la loi Travail.",
            "Une visite de la Médecine du Travail est prévue à {town}.",
            "Tuteur de l'apprenti : {bare}. Apprenti : {bare}.",
            "Absents excusés : {bare} et {bare}.",
            "Cas de {surname} : le reclassement sur le site de {town} est accepté.",
            "{bare} (service Achats) reçoit une habilitation Confidentiel.",
            "Pôle Emploi et l'Urssaf ont été informés le {date}.",
        ],
        [
            "La responsable paie, {OTHER}",
            "Pour la Direction,\n{other}",
            "Rédigé par {bare}, relu par {bare}.",
            "Fait à {town}, le {date}\n{person}",
        ]);

    private static SyntheticGenre Bank => new(
        "bank",
        [
            "Relevé de compte au {date}\nTitulaire : {person}\nIBAN : {iban} BIC : {bic}",
            "{org}\nAgence de {town}\nOffre de prêt n° {reference}\nEmprunteur : {person}, né(e) le {birth}",
            "Avis d'opération\nCompte de {person}\nOuvert à {town}",
        ],
        [
            "Virement reçu de la société Durand Bâtiment, SIREN {siren} : {amount}",
            "Paiement par carte {card} : {amount}",
            "VIR SEPA {OTHER} LOYER {amount}",
            "Virement permanent vers {bare}, {amount} par mois.",
            "Chèque émis au nom de {bare} : {amount}.",
            "PRLV {org} Mandat {reference} {amount}",
            "Mandataire sur le compte : {bare}, depuis le {date}.",
            "Le Livret A et le Plan Épargne Logement restent ouverts.",
            "Achat Carrefour {town} {amount}. Retrait DAB Gare Centrale {amount}.",
            "Caution solidaire apportée par {bare} à hauteur de {amount}.",
            "Bénéficiaires de l'assurance : {bare} et {bare}, à parts égales.",
            "Votre conseiller {bare} vous appellera au {phone}.",
            "Taux indexé sur l'Euribor. Garantie Crédit Logement.",
            "Domiciliation {address}.",
        ],
        [
            "Solde créditeur : {amount}",
            "Votre conseillère, {OTHER}",
            "Contact agence : {bare}, {email}",
        ]);

    private static SyntheticGenre Invoice => new(
        "invoice",
        [
            "FACTURE {reference}\nSociété des Transports du Rhône, SIRET {siret}, TVA intracommunautaire {vat}",
            "{org}\nFacture n° {reference}\nClient : {person}, {address}",
            "Bon de commande {reference} du {date}\nDemandeur : {bare}\nFournisseur : {org}",
        ],
        [
            "{number} heures à 45,00 €, total {amount}. Véhicule immatriculé {plate}.",
            "Règlement par virement sur le compte {iban} sous {number} jours.",
            "Livré à {bare}, {address}.",
            "Réceptionné par {bare} le {date}.",
            "Modèle Berlingo, coloris Gris Acier, option Pack Hiver.",
            "Intervention de {bare}, technicien, sur la chaudière Viessmann.",
            "Remise Fidélité {number} %. Port Chronopost offert.",
            "Devis accepté par {bare} au nom du syndic Foncia.",
            "Réf. chantier : Résidence Les Tilleuls, bâtiment Mozart, {town}.",
            "Pénalités selon l'article L. 441-10 du Code de commerce.",
            "Prestation Conseil et Audit : {amount}. Prestation Support : {amount}.",
            "À l'attention de {bare}, comptabilité.",
        ],
        [
            "Total TTC : {amount}",
            "Suivi par {bare}, {phone}",
            "Merci de votre confiance. L'équipe {org}",
        ]);

    private static SyntheticGenre Mail => new(
        "mail",
        [
            "De : {email}\nÀ : la mairie\nObjet : demande d'acte\nBonjour,",
            "Objet : réunion du {date}\nBonjour {first},",
            "De : {bare} <{email}>\nÀ : {bare}\nObjet : RE: Projet Horizon\nBonjour à tous,",
            "Salut {first},",
        ],
        [
            "Je souhaite un acte de naissance. Je suis née le {birth}.",
            "Vous pouvez me joindre au {phone}.",
            "J'ai croisé {bare} hier, il te passe le bonjour.",
            "{bare} ne pourra pas venir ; {bare} prendra sa place.",
            "Peux-tu transférer le fichier à {bare} avant Vendredi ?",
            "Le serveur {ip} répond de nouveau, merci à {bare} pour le coup de main.",
            "On se retrouve Place Bellecour ou au Café de la Gare à {town}.",
            "Demande à {bare} si Teams fonctionne chez elle.",
            "Ci-joint le compte rendu de {bare} sur le dossier Alpha.",
            "Selon {bare}, la Préfecture répondra en Janvier.",
            "Merci {first}, c'est parfait.",
            "Les billets Paris-{town} sont réservés par {bare}.",
            "La Commission Européenne a publié le règlement. Ouest-France en parle.",
            "Je mets {bare} en copie.",
        ],
        [
            "Cordialement,\n{person}",
            "Bonne journée,\n{first}",
            "Bien à toi\n{person}\n{org}",
            "À bientôt\n{bare}",
        ]);
}

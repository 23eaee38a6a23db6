namespace Terroir.Protection.PersonalData.Synthetic;

/// <summary>Templates that rules and what was learned are judged on, and nothing else.</summary>
internal static class EvaluationTemplates
{
    /// <summary>The genres.</summary>
    public static IReadOnlyList<SyntheticGenre> Genres { get; } = [Hospital, Staff, Bank, Invoice, Mail];

    private static SyntheticGenre Hospital => new(
        "hospital",
        [
            "CLINIQUE DES TROIS-RIVIÈRES - Unité d'oncologie\nCourrier de sortie, {date}\n"
            + "Concerne : Monsieur {person} ([né|né(e)] le {birth}), domicilié {address}",
            "Lettre de liaison\nJe vous adresse {person}, patient suivi depuis le {date}.",
            "URGENCES - {org}\nArrivée {date}\nIdentité : {PERSON}\nIPP {ipp} - INS {nir}",
            "Maternité de {town}\nMère : {person}\nSage-femme : {bare}",
        ],
        [
            "Le séjour de M. {surname} s'est déroulé sans particularité.",
            "À la sortie, tension à {number} et créatinine stable.",
            "Ordonnance : {drug} {dose} si besoin, au maximum quatre fois par jour.",
            "Un rendez-vous est fixé avec le docteur {doctor} (RPPS : {rpps}). En cas de fièvre, appeler le {phone}.",
            "Sa fille, Madame {other}, est la personne de confiance ; elle est joignable au {phone}.",
            "Échographie interprétée par {bare} : foie homogène.",
            "Maladie de Parkinson traitée depuis dix ans, manœuvre de Lasègue négative.",
            "Avis demandé à {bare}, qui confirme l'indication.",
            "L'équipe mobile ({bare}, {bare}) passera au domicile.",
            "Retour prévu à l'Ehpad Les Mimosas de {town}.",
            "{surname} refuse l'hospitalisation ; son frère {bare} en est informé.",
            "Vaccination Pfizer faite le {date}. Groupe sanguin O Rhésus positif.",
            "Anesthésiste : {bare}. Incident : aucun.",
            "Accord de {bare} pour une entrée en Soins de Suite.",
        ],
        [
            "Avec mes confraternelles salutations, Professeur {doctor}",
            "Établissement FINESS {finess}\nValidé par {bare}",
            "Secrétariat de {bare} : {phone}",
        ]);

    private static SyntheticGenre Staff => new(
        "staff",
        [
            "Contrat de travail à durée [déterminée|indéterminée]\nEntre la société {org}, immatriculée au RCS de "
            + "{town} sous le numéro {siren},\net M. {person}, né le {birth}, "
            + "immatriculé à la sécurité sociale sous le n° {nir}",
            "Compte rendu d'entretien\nSalarié : {person}\nConduit par : {bare}",
            "Planning de la semaine du {date}\nSite de {town}",
        ],
        [
            "La rémunération est de {amount} par mois pour {number} heures.",
            "M. {surname} prend ses fonctions le {date} sous l'autorité de Madame {other}.",
            "Astreinte assurée par {bare} puis {bare}.",
            "La DRH a reçu {bare} le {date} au sujet de son préavis.",
            "Candidature de {bare} retenue, celle de {bare} écartée.",
            "Le Plan de Développement des Compétences prévoit un stage Autocad.",
            "Remboursement des frais de {bare} : {amount}, trajet {town} aller-retour.",
            "Le chantier Odyssée est confié à {bare}.",
            "L'inspection du travail de Seine-Maritime sera saisie si besoin.",
            "Depuis le départ de {bare}, l'atelier Fonderie manque de bras.",
            "Vote : {bare} obtient {number} voix, {bare} en obtient deux.",
            "Ce poste relève de la Fonction Publique Territoriale.",
        ],
        [
            "Visa de {bare}",
            "Signature du salarié : {person}",
            "Diffusion : {bare}, {bare}, archives",
        ]);

    private static SyntheticGenre Bank => new(
        "bank",
        [
            "Avis d'échéance\nCher client, le prélèvement de {amount} aura lieu le {date} sur votre compte {iban} "
            + "(code BIC {bic}).",
            "{org}\nDossier {reference}\nSouscripteur {person}, {address}",
            "Convention de compte joint\nEntre {person} et {bare}",
        ],
        [
            "Si votre carte bancaire {card} a expiré, contactez votre conseiller, {OTHER}, au {phone}.",
            "Référence du contrat : {reference}. Assuré principal : {person}.",
            "Procuration donnée à {bare} le {date}.",
            "VIREMENT INSTANTANE DE {OTHER} MOTIF ANNIVERSAIRE",
            "Opposition faite par {bare} sur le chèque n° {number}.",
            "Rachat partiel du contrat Prévoir Avenir : {amount}.",
            "L'héritage de {bare} est partagé entre {bare} et {bare}.",
            "Paiement sans contact Monoprix {town} : {amount}.",
            "Le dossier est instruit par {bare} à la Banque de France.",
            "Versement de {bare} en attente de justificatif Tracfin.",
        ],
        [
            "Votre interlocuteur reste {bare}.",
            "Numéro fiscal de référence : {spi}",
            "Dossier clos par {bare}",
        ]);

    private static SyntheticGenre Invoice => new(
        "invoice",
        [
            "Facture n° {reference} du {date}\nÉmetteur : Cabinet Lemoine, {address}, SIRET : {siret}, n° TVA {vat}\n"
            + "Destinataire : Monsieur {person}",
            "Note d'honoraires\n{org}\nDossier suivi par {bare}",
            "Avoir {reference}\nAdresse de livraison : {person}, {address}",
        ],
        [
            "Désignation : {number} heures de conseil ; montant dû : {amount}",
            "Coordonnées bancaires : {iban}",
            "Colis remis en main propre à {bare}.",
            "Réparation effectuée par {bare} et contrôlée par {bare}.",
            "Parquet Chêne Massif, finition Mat, pose Bâton Rompu.",
            "Le véhicule {plate} a été rendu à {bare}.",
            "Contrat Sérénité Plus reconduit jusqu'au {date}.",
            "Remise accordée par {bare} : {number} %.",
            "Litige transmis à la Chambre de Commerce de {town}.",
        ],
        [
            "Acompte versé par {bare} : {amount}",
            "Net à payer : {amount}",
        ]);

    private static SyntheticGenre Mail => new(
        "mail",
        [
            "Bonjour Madame {doctor},\nComme convenu avec {other} lors de la réunion du {date}, je vous transmets les "
            + "accès du poste {ip} (adresse {mac}).",
            "Maison départementale - dossier {reference}\nNom de naissance : {PERSON}\nNée le {birth}, demeurant au "
            + "{address}.",
            "Coucou {first},",
            "De : {bare}\nEnvoyé : {date}\nÀ : {bare}\nObjet : TR: planning Noël",
        ],
        [
            "Le véhicule de service est le {plate}. N'hésitez pas à m'appeler au {phone} ou à m'écrire : {email}.",
            "La demandeuse déclare un revenu annuel de {amount}. Pièce produite : passeport n° {passport}.",
            "Le dossier est suivi par Mme {doctor}, à joindre à l'adresse {email}.",
            "{bare} m'a dit que {bare} quittait l'association.",
            "As-tu des nouvelles de {bare} ?",
            "Hier, {bare} a présenté la maquette Printemps à l'équipe.",
            "Zoom plante encore, vois avec {bare}.",
            "Rendez-vous devant la Bibliothèque Nationale, puis au Théâtre de {town}.",
            "Nous avons décidé avec {bare} de reporter à Septembre.",
            "Le Monde et Libération ont cité {bare}.",
            "Ajoute {bare} à la liste, et retire {bare}.",
            "Mon voisin {bare} garde les clés.",
        ],
        [
            "Bien à vous,\n{person}\nChargé de mission",
            "Bises\n{first}",
            "Amicalement, {person}",
        ]);
}

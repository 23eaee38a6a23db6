namespace Terroir.Bench.PersonalData;

/// <summary>Templates of letters, in which <c>{slot}</c> stands for a value and <c>[a|b]</c> for one of some texts.
/// Rules are looked at on <see cref="Development"/> and judged on <see cref="Evaluation"/>, which share no
/// sentence.</summary>
internal static class SyntheticTemplates
{
    public static readonly string[] Development =
    [
        """
        CENTRE HOSPITALIER DE SAINT-AUBIN
        Service de cardiologie
        Patient : {PERSON}, né(e) le {birth}
        IPP : {ipp}
        N° de sécurité sociale : {nir}
        Adresse : {address}
        Tél. : {phone}
        Cher confrère,
        J'ai revu ce jour [M.|Mme] {surname} en consultation. Le traitement par bisoprolol {dose} est [maintenu|arrêté].
        La fraction d'éjection est à {number} %. Prochain contrôle le {date}.
        Dr {doctor}, RPPS {rpps}
        """,
        """
        COMPTE RENDU OPÉRATOIRE du {date}
        Nom : {PERSON}
        Date de naissance : {birth}
        Opérateur : Pr {doctor}
        Intervention réalisée sans incident sous anesthésie [générale|locale]. Durée : {number} minutes.
        Le patient, {person}, a été revu au réveil. Consignes remises à son accompagnante, Mme {other}.
        """,
        """
        Direction des ressources humaines
        Objet : votre avenant au contrat {reference}
        Madame {surname},
        Votre salaire mensuel brut est porté à {amount} à compter du {date}. Merci de vérifier vos coordonnées :
        {address}, téléphone {phone}, adresse électronique {email}, compte IBAN {iban}.
        Votre numéro de sécurité sociale enregistré est le {nir}.
        La responsable paie, {OTHER}
        """,
        """
        Relevé de compte au {date}
        Titulaire : {person}
        IBAN : {iban} BIC : {bic}
        Virement reçu de la société Durand Bâtiment, SIREN {siren} : {amount}
        Paiement par carte {card} : {amount}
        Solde créditeur : {amount}
        """,
        """
        FACTURE {reference}
        Société des Transports du Rhône, SIRET {siret}, TVA intracommunautaire {vat}
        Client : {person}, {address}
        {number} heures à 45,00 €, total {amount}. Véhicule immatriculé {plate}.
        Règlement par virement sur le compte {iban} sous {number} jours.
        """,
        """
        De : {email}
        À : la mairie
        Objet : demande d'acte
        Bonjour,
        Je souhaite un acte de naissance. Je suis née le {birth}. Vous pouvez me joindre au {phone}.
        Cordialement,
        {person}
        """,
    ];

    public static readonly string[] Evaluation =
    [
        """
        CLINIQUE DES TROIS-RIVIÈRES - Unité d'oncologie
        Courrier de sortie, {date}
        Concerne : Monsieur {person} ([né|né(e)] le {birth}), domicilié {address}
        Numéro d'identifiant permanent (IPP) {ipp} - INS {nir}
        Le séjour de M. {surname} s'est déroulé sans particularité.
        À la sortie, tension à {number} et créatinine stable.
        Ordonnance : paracétamol {dose} si besoin, au maximum quatre fois par jour.
        Un rendez-vous est fixé avec le docteur {doctor} (RPPS : {rpps}). En cas de fièvre, appeler le {phone}.
        Établissement FINESS {finess}
        """,
        """
        Lettre de liaison
        Je vous adresse {person}, patient suivi depuis le {date} pour une insuffisance rénale.
        Sa fille, Madame {other}, est la personne de confiance ; elle est joignable au {phone}.
        Le bilan du {date} montre une clairance à {number} ml/min. Pas d'allergie connue.
        Avec mes confraternelles salutations, Professeur {doctor}
        """,
        """
        Maison départementale - dossier {reference}
        Nom de naissance : {PERSON}
        Née le {birth}, demeurant au {address}.
        Numéro fiscal de référence : {spi}
        La demandeuse déclare un revenu annuel de {amount}. Pièce produite : passeport n° {passport}.
        Le dossier est suivi par Mme {doctor}, à joindre à l'adresse {email}.
        """,
        """
        Contrat de travail à durée [déterminée|indéterminée]
        Entre la société Les Ateliers du Port, immatriculée au RCS de Nantes sous le numéro {siren},
        et M. {person}, né le {birth}, de nationalité française, immatriculé à la sécurité sociale sous le n° {nir},
        il a été convenu ce qui suit. La rémunération est de {amount} par mois pour {number} heures.
        M. {surname} prend ses fonctions le {date} sous l'autorité de Madame {other}.
        """,
        """
        Avis d'échéance
        Cher client, le prélèvement de {amount} aura lieu le {date} sur votre compte {iban} (code BIC {bic}).
        Si votre carte bancaire {card} a expiré, contactez votre conseiller, {OTHER}, au {phone}.
        Référence du contrat : {reference}. Assuré principal : {person}.
        """,
        """
        Facture n° {reference} du {date}
        Émetteur : Cabinet Lemoine, {address}, SIRET : {siret}, n° TVA {vat}
        Destinataire : Monsieur {person}
        Désignation : {number} heures de conseil ; montant dû : {amount}
        Coordonnées bancaires : {iban}
        """,
        """
        Bonjour Madame {doctor},
        Comme convenu avec {other} lors de la réunion du {date}, je vous transmets les accès
        du poste {ip} (adresse {mac}).
        Le véhicule de service est le {plate}. N'hésitez pas à m'appeler au {phone} ou à m'écrire : {email}.
        Bien à vous,
        {person}
        Chargé de mission
        """,
    ];
}

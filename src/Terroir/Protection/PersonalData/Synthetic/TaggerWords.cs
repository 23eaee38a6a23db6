using System.Collections.Frozen;

namespace Terroir.Protection.PersonalData.Synthetic;

/// <summary>Words that stand with a capital and are nobody's name, and words that stand around names, in lists that
/// templates call by <c>&lt;list&gt;</c>.</summary>
internal static class TaggerWords
{
    private static readonly FrozenDictionary<string, string> Lists =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["org"] =
                "Assurance Maladie|Caisse d'Allocations Familiales|Caisse Nationale d'Assurance Vieillesse|Pôle "
                + "Emploi|France Travail|Agence Régionale de Santé|Haute Autorité de Santé|Banque de France|Crédit "
                + "Agricole|Crédit Mutuel|Caisse d'Épargne|Société Générale|La Banque Postale|La Poste|Trésor Public|"
                + "Direction Générale des Finances Publiques|Conseil Départemental|Conseil Régional|Conseil d'État|"
                + "Cour de Cassation|Cour des Comptes|Tribunal Judiciaire|Tribunal de Commerce|Assemblée Nationale|"
                + "Sénat|Préfecture de Police|Gendarmerie Nationale|Éducation Nationale|Ministère de la Justice|"
                + "Ministère des Armées|Union Européenne|Commission Européenne|Parlement Européen|Nations Unies|"
                + "Croix-Rouge|Secours Populaire|Médecins du Monde|Restos du Cœur|Chambre de Commerce et d'Industrie|"
                + "Ordre des Médecins|Établissement Français du Sang|Agence de la Biomédecine|Santé Publique France|"
                + "Institut Pasteur|Institut Gustave-Roussy|Fondation de France|Mutuelle Générale|Harmonie Mutuelle|"
                + "Crédit Foncier|Caisse des Dépôts|Défenseur des Droits|Autorité de la Concurrence|Agence Nationale "
                + "de l'Habitat|Office Notarial du Parc|Cabinet Alma Conseil|Groupe Atlas Logistique|Société "
                + "Nouvelle de Peinture|Établissements du Val|Menuiserie du Centre|Garage de la Plaine|Pharmacie du "
                + "Marché|Laboratoire Biovie|Polyclinique du Parc|Clinique des Cèdres|Hôpital Saint-Louis|Centre "
                + "Hospitalier Universitaire|Maison de Santé|Résidence du Lac|Agence Immobilière du Port|Syndicat "
                + "des Eaux|Communauté de Communes|Métropole du Grand Lyon|Université de Bourgogne|Lycée "
                + "Professionnel|École Nationale d'Administration|Collège de France|Comédie Française|Musée du "
                + "Louvre|Radio France|Le Monde|Le Figaro|Les Échos|Sud-Ouest|Air France|Grand Garage Moderne|"
                + "Boulangerie Artisanale|Imprimerie Centrale|Éditions du Seuil",
            ["product"] =
                "Word|Excel|Outlook|Teams|Windows|Linux|Android|Chrome|Firefox|Google|Amazon|Microsoft|Apple|Adobe|"
                + "Oracle|Salesforce|Sage|Ciel|Zoom|Skype|WhatsApp|Facebook|Instagram|Slack|Trello|Jira|Doctolib|"
                + "Ameli|Chorus Pro|FranceConnect|Mon Espace Santé|Vitale|Navigo|Renault|Peugeot|Citroën|Clio|Kangoo|"
                + "Partner|Zoé|Toyota|Yaris|Volkswagen|Golf|Tesla|Michelin|Bosch|Siemens|Philips|Samsung|Canon|Epson|"
                + "Dell|Lenovo|Makita|Legrand|Schneider Electric|Orange|Bouygues Telecom|Netflix|Decathlon|Carrefour|"
                + "Leclerc|Auchan|Monoprix|Castorama|Leroy Merlin|Ikea|Darty|Fnac|Boulanger|Conforama|Total Énergies|"
                + "Engie|Veolia|Suez|Chronopost|Colissimo|Mastercard|Visa|PayPal|Livret Bleu|Compte Sérénité|Formule "
                + "Confort|Offre Premium|Pack Essentiel|Gamme Tradition|Contrat Avenir|Option Zen",
            ["law"] =
                "Code civil|Code Civil|Code pénal|Code du travail|Code du Travail|Code de la santé publique|Code "
                + "de la Sécurité sociale|Code monétaire et financier|Code de la route|Code général des impôts|"
                + "Journal Officiel|Bulletin Officiel|Constitution|Déclaration des Droits de l'Homme|Règlement "
                + "Général sur la Protection des Données|Directive Européenne|Loi Informatique et Libertés|Loi Pacte|"
                + "Loi Sapin|Loi Macron|Loi Alur|Accord de Paris|Traité de Rome|Convention de Genève|Plan Vigipirate|"
                + "Plan Blanc|Plan Canicule|Prime Macron|Loi Kouchner|Loi Évin|Loi Veil|Loi Hamon|Loi Carrez",
            ["place"] =
                "France|Paris|Île-de-France|Bretagne|Normandie|Auvergne-Rhône-Alpes|Occitanie|Nouvelle-Aquitaine|"
                + "Provence|Corse|Alsace|Lorraine|Picardie|Guadeloupe|Martinique|Guyane|La Réunion|Mayotte|Europe|"
                + "Belgique|Suisse|Allemagne|Espagne|Italie|Portugal|Royaume-Uni|Pays-Bas|Luxembourg|Pologne|"
                + "Roumanie|Maroc|Algérie|Tunisie|Sénégal|Canada|Québec|États-Unis|Chine|Japon|Inde|Brésil|Afrique|"
                + "Asie|Bruxelles|Genève|Londres|Berlin|Madrid|Rome|Lisbonne|Dijon|Tours|Orléans|Angers|Le Mans|"
                + "Brest|Caen|Rouen|Amiens|Reims|Metz|Nancy|Mulhouse|Nîmes|Perpignan|Pau|Bayonne|Poitiers|Avignon|"
                + "Toulon|Cannes|Annecy|Valence|Saint-Malo|Saint-Nazaire|Vannes|Lorient|Laval|Troyes|Bourges|Nevers|"
                + "Auxerre|Mâcon|Colmar|Épinal|Niort|Agen|Albi|Rodez|Gap|Digne|Bastia|Ajaccio|Seine-Maritime|"
                + "Haute-Savoie|Loire-Atlantique|Bouches-du-Rhône|Val-de-Marne|Hauts-de-Seine|Finistère|Gironde|"
                + "Hérault|Isère|Vendée|Sarthe|Moselle|Vosges|Jura|Alpes|Pyrénées|Massif Central|Méditerranée|"
                + "Atlantique|Manche|Seine|Loire|Rhône|Garonne|Autriche|Bulgarie|Croatie|Chypre|Danemark|Estonie|"
                + "Finlande|Grèce|Hongrie|Irlande|Islande|Lettonie|Lituanie|Liechtenstein|Malte|Monaco|Norvège|"
                + "Slovaquie|Slovénie|Suède|Tchéquie|Turquie|Ukraine|Russie|Serbie|Albanie|Bosnie|Géorgie|Arménie|"
                + "Liban|Syrie|Irak|Iran|Israël|Égypte|Libye|Mali|Niger|Tchad|Cameroun|Gabon|Congo|Togo|Bénin|Guinée|"
                + "Burkina Faso|Côte d'Ivoire|Mauritanie|Madagascar|Maurice|Comores|Djibouti|Éthiopie|Kenya|Rwanda|"
                + "Angola|Mozambique|Afrique du Sud|Mexique|Argentine|Chili|Pérou|Colombie|Venezuela|Cuba|Haïti|"
                + "Australie|Nouvelle-Zélande|Nouvelle-Calédonie|Polynésie française|Wallis-et-Futuna|"
                + "Saint-Pierre-et-Miquelon|Saint-Barthélemy|Vanuatu|Indonésie|Malaisie|Philippines|Thaïlande|"
                + "Vietnam|Cambodge|Laos|Corée du Sud|Mongolie|Pakistan|Afghanistan|Bangladesh|Sri Lanka|Népal|San "
                + "Marin|Vatican|Andorre|Angleterre|Écosse|Irlande du Nord|Pays de la Loire|Centre-Val de Loire|"
                + "Grand Est|Hauts-de-France|Bourgogne-Franche-Comté|Aquitaine|Limousin|Poitou-Charentes|Languedoc|"
                + "Roussillon|Savoie|Ardèche|Drôme|Creuse|Corrèze|Dordogne|Charente|Landes|Gers|Lot|Tarn|Aveyron|"
                + "Lozère|Cantal|Allier|Nièvre|Yonne|Aube|Marne|Meuse|Ardennes|Aisne|Oise|Somme|Eure|Calvados|Orne|"
                + "Mayenne|Morbihan|Essonne|Yvelines|Bas-Rhin|Haut-Rhin|Vincennes|Vanves|Montreuil|Nanterre|Créteil|"
                + "Bobigny|Évry|Versailles|Cergy",
            ["street"] =
                "rue Victor-Hugo|rue Victor Hugo|avenue Charles-de-Gaulle|place du Général-Leclerc|boulevard "
                + "Gambetta|rue Jean-Jaurès|place Jean Jaurès|avenue Aristide Briand|rue Pierre-et-Marie-Curie|lycée "
                + "Jules-Ferry|collège Albert Camus|école Jacques Prévert|hôpital Georges-Pompidou|hôpital Bichat|"
                + "salle Molière|stade Marcel-Saupin|université Paul-Sabatier|université Claude-Bernard|rue Émile "
                + "Zola|allée Simone-Veil|quai Anatole-France|pont Alexandre-III|parc André-Citroën|bâtiment Laennec|"
                + "pavillon Dupuytren|amphithéâtre Marie Curie|résidence Antoine-de-Saint-Exupéry|gymnase Pierre de "
                + "Coubertin|aéroport Charles-de-Gaulle|médiathèque Marguerite-Duras|rue Saint-Honoré|place "
                + "Saint-Michel|rue de la République|gare Montparnasse|gare Saint-Lazare|place Carnot|rue Pasteur|"
                + "avenue Foch|square Voltaire|Espace Georges-Brassens|Centre Léon-Bérard|Lycée Victor-Hugo|Clinique "
                + "Ambroise-Paré|Prix Nobel|Salle Gaston-Berger",
            ["health"] =
                "maladie d'Alzheimer|maladie de Parkinson|maladie de Charcot|maladie de Basedow|maladie de Lyme|"
                + "syndrome de Down|syndrome de Guillain-Barré|syndrome de Cushing|syndrome de Turner|lymphome de "
                + "Hodgkin|sarcome d'Ewing|score de Child-Pugh|score d'Apgar|indice de Karnofsky|classification de "
                + "Gleason|échelle de Norton|signe de Lasègue|signe de Kernig|manœuvre de Heimlich|test de "
                + "Fagerström|test de Folstein|pince de Kocher|sonde de Foley|sonde de Blakemore|loi de Poiseuille|"
                + "formule de Cockcroft|équation de Schrödinger|fracture de Pouteau-Colles|anneau de Schatzki|tumeur "
                + "de Wilms|maladie de Kawasaki|oedème de Quincke|glande de Bartholin|canal de Wirsung|trompe "
                + "d'Eustache|tendon d'Achille|virus d'Epstein-Barr|bacille de Koch|coloration de Gram|boîte de "
                + "Petri|écho-Doppler|holter",
            ["drug"] =
                "Dafalgan|Efferalgan|Spasfon|Plavix|Eliquis|Previscan|Coumadine|Lovenox|Tahor|Crestor|Mopral|"
                + "Inexium|Ventoline|Seretide|Lexomil|Xanax|Stilnox|Deroxat|Prozac|Lyrica|Rivotril|Keppra|Humalog|"
                + "Lantus|Metformine|Amoxicilline|Rocephine|Solupred|Voltarène|Aspégic|Imodium|Smecta|Gaviscon|"
                + "Tramadol|Morphine|Skenan|Oxycontin|Tercian|Risperdal|Abilify",
            ["unit"] =
                "Service Comptabilité|Service Achats|Service Juridique|Service des Urgences|Service Courrier|"
                + "Direction Générale|Direction des Soins|Direction Financière|Direction Informatique|Pôle "
                + "Mère-Enfant|Pôle Gériatrie|Pôle Imagerie|Unité de Soins Intensifs|Bloc Opératoire|Bureau des "
                + "Admissions|Bureau des Entrées|Salle de Réunion|Comité de Direction|Comité d'Éthique|Commission de "
                + "Sécurité|Conseil d'Administration|Conseil de Surveillance|Assemblée Générale|Ressources Humaines|"
                + "Contrôle de Gestion|Relation Client|Support Technique|Équipe Projet|Équipe Mobile|Accueil "
                + "Familial|Consultation Externe|Hôpital de Jour|Laboratoire Central|Pharmacie Centrale|Agence "
                + "Centre|Pôle Entreprises|Gestion de Patrimoine|Espace Client|Médecine Interne|Chirurgie Viscérale|"
                + "Réanimation Polyvalente|Médecine Générale",
            ["role"] =
                "Directeur Général|Directrice des Soins|Président|Présidente du Conseil|Maire|Préfet|Ministre|"
                + "Secrétaire Général|Chef de Service|Cadre de Santé|Responsable Qualité|Responsable Commercial|"
                + "Chargée de Clientèle|Gestionnaire de Paie|Médecin Traitant|Praticien Hospitalier|Infirmière "
                + "Diplômée d'État|Aide-Soignant|Conseiller Clientèle|Expert-Comptable|Commissaire aux Comptes|"
                + "Huissier de Justice|Notaire|Avocat au Barreau|Greffier|Délégué Syndical|Trésorier|Technicien "
                + "Supérieur|Ingénieur d'Études|Chef de Projet|Assistante Sociale|Contrôleur|Inspecteur du Travail",
            ["acro"] =
                "IRM|ECG|HTA|AVC|BPCO|INR|CRP|VIH|VHC|SAMU|SMUR|EHPAD|CHU|CHRU|APHP|ARS|CPAM|CAF|MSA|URSSAF|CNAV|"
                + "RSA|APL|AAH|SMIC|CDI|CDD|RTT|CSE|CHSCT|DRH|DSI|DAF|PDG|SARL|SAS|SCI|EURL|GIE|TVA|HT|TTC|RIB|SEPA|"
                + "CB|DAB|LCL|BNP|SNCF|RATP|EDF|GRDF|INSEE|CNIL|ANSM|RGPD|PDF|CSV|URL|SMS|USB|PC|GPS|COVID|ONU|OMS|"
                + "UE|TGV|TER|BTP|PME|TPE|NB|PS|RDV|CV|BAC|BTS|DUT|ALD|GIR|APA|MDPH|Pacs|Cesu|Anah|Parafe|Cned|Caf|"
                + "Urssaf|Insee|Cnil|Smic|Ehpad|Dom|Tom|Cerfa|Bac|Tip|Sepa|Unesco|Otan|Crous|Drac|Dreal|Mdph|Cpam|"
                + "Samu|Sida|Interpol|Schengen|Eurostar|Thalys|Ouigo|Enedis|Parcoursup|Bloctel|Pajemploi|Visale|"
                + "Erasmus|Vigicrues|Ircantec|Agirc|Arrco|Fongecif|Opco|Cofrac|Afnor",
            ["start"] =
                "Le|La|Les|Un|Une|Des|Ce|Cet|Cette|Ces|Son|Sa|Ses|Mon|Ma|Votre|Vos|Notre|Nos|Leur|Leurs|Chaque|"
                + "Tout|Toute|Tous|Toutes|Aucun|Aucune|Certains|Certaines|Plusieurs|Quelques|Autre|Autres|Même|Tel|"
                + "Telle|Il|Elle|On|Nous|Vous|Ils|Elles|Ceci|Cela|Celui|Celle|Quand|Lorsque|Si|Comme|Puisque|Afin|"
                + "Ainsi|Alors|Après|Avant|Aussi|Aujourd'hui|Demain|Hier|Bientôt|Actuellement|Autrement|Cependant|"
                + "Certes|Concernant|Conformément|D'abord|Depuis|Désormais|Dès|Donc|Durant|Également|Enfin|Ensuite|"
                + "Environ|Finalement|Généralement|Hors|Jamais|Mais|Maintenant|Malgré|Néanmoins|Non|Notamment|Or|Oui|"
                + "Outre|Parallèlement|Parfois|Pendant|Peut-être|Plus|Pourtant|Pourquoi|Comment|Combien|Où|Quel|"
                + "Quelle|Quels|Quelles|Qui|Que|Quoi|Quant|Sauf|Seul|Seule|Seuls|Sinon|Soit|Souvent|Suite|Surtout|"
                + "Tantôt|Toujours|Toutefois|Très|Trop|Voici|Voilà|Concrètement|Exceptionnellement|Préalablement|"
                + "Progressivement|Rapidement|Éventuellement|Idéalement|Inversement|Seulement|Simplement|Globalement|"
                + "Par|Pour|Sans|Sous|Sur|Avec|Chez|Dans|En|Entre|Vers|Jusqu'à|À|Au|Aux|De|Du|Parmi|Selon|Lors|Grâce|"
                + "Faute|Compte|Étant|Ayant|Attention|Merci|Veuillez|Prière|Bonjour|Bonsoir|Félicitations|Désolé|"
                + "Désolée|Sachez|Uniquement|Second|Seconde|Premier|Première|Deuxième|Troisième|Dernier|Dernière|"
                + "Celles|Ceux|Chacun|Chacune|Personne|Rien|Beaucoup|Peu|Moins|Autant|Presque|Partout|Ailleurs|Là|"
                + "Ici|Dedans|Dessous|Derrière|Devant|Contre|Excepté|Moyennant|Passé|Vu|Étant donné|Quoi qu'il en "
                + "soit|En outre|De plus|En effet|Par ailleurs|À défaut|À titre d'exemple|D'autre part|D'une part|En "
                + "revanche|Au contraire|Bref|Puis|Tant|Dont|Auquel|Laquelle|Lesquels|Moi|Toi|Lui|Eux|Soi",
            ["noun"] =
                "Absence|Abonnement|Accès|Accident|Accord|Accueil|Achat|Acompte|Acte|Action|Activité|Adhésion|"
                + "Administration|Adresse|Affaire|Agence|Aide|Alerte|Allergie|Allocation|Amende|Analyse|Annexe|"
                + "Annulation|Antécédents|Appel|Application|Article|Assistance|Assurance|Attestation|Audience|"
                + "Augmentation|Autorisation|Avance|Avis|Bail|Bilan|Bon|Bordereau|Budget|Bulletin|Cabinet|Calendrier|"
                + "Candidature|Carte|Caution|Certificat|Changement|Charges|Chauffage|Chirurgie|Clause|Client|"
                + "Commande|Commentaire|Communication|Compte|Conclusion|Condition|Conditions|Congé|Congés|Conseil|"
                + "Consigne|Consultation|Contact|Contexte|Contrat|Contrôle|Convention|Convocation|Copie|Cotisation|"
                + "Courrier|Création|Crédit|Date|Débit|Décision|Déclaration|Délai|Demande|Démarche|Départ|Dépense|"
                + "Désignation|Destinataire|Détail|Devis|Diagnostic|Différence|Direction|Dispositif|Document|"
                + "Documents|Domicile|Dossier|Douleur|Droits|Durée|Échéance|Échographie|École|Électricité|Emploi|"
                + "Employeur|Engagement|Enquête|Entreprise|Entretien|Enveloppe|Environnement|Épargne|Équipe|Erreur|"
                + "Espace|Établissement|État|Étude|Évaluation|Événement|Évolution|Examen|Exemple|Exercice|Expédition|"
                + "Expertise|Facture|Famille|Fichier|Fiche|Fièvre|Fin|Finances|Fonction|Formation|Formulaire|"
                + "Fournisseur|Frais|Garantie|Gestion|Groupe|Habitation|Heure|Histoire|Hospitalisation|Hypothèse|"
                + "Identité|Immeuble|Impôt|Impôts|Incident|Indemnité|Information|Informations|Inscription|"
                + "Installation|Intervention|Introduction|Inventaire|Invitation|Jour|Jours|Jugement|Justificatif|"
                + "Lettre|Libellé|Lieu|Ligne|Liste|Livraison|Location|Logement|Loyer|Maintenance|Mairie|Maison|"
                + "Maladie|Mandat|Marché|Matériel|Médicament|Mémoire|Mention|Message|Mesures|Méthode|Mise|Mission|"
                + "Mode|Modification|Mois|Montant|Motif|Mutuelle|Naissance|Niveau|Nombre|Note|Notification|Numéro|"
                + "Objectif|Objet|Obligation|Observation|Observations|Opération|Option|Ordonnance|Ordre|Organisation|"
                + "Orientation|Origine|Outil|Paiement|Parent|Parents|Parking|Participation|Passage|Patient|Pension|"
                + "Période|Permis|Personne|Personnel|Pièce|Pièces|Plainte|Plan|Planning|Point|Police|Population|"
                + "Poste|Prélèvement|Prescription|Présentation|Prestation|Preuve|Prévention|Prime|Principe|Prise|"
                + "Procédure|Production|Produit|Profession|Programme|Projet|Promotion|Proposition|Protection|"
                + "Protocole|Public|Qualité|Quantité|Question|Questions|Quittance|Rappel|Rapport|Réception|"
                + "Réclamation|Recommandation|Reconnaissance|Recours|Recrutement|Rédaction|Référence|Références|"
                + "Refus|Régime|Région|Règle|Règlement|Relation|Relevé|Remarque|Remboursement|Remise|Rendez-vous|"
                + "Renouvellement|Renseignements|Rente|Réparation|Réponse|Réservation|Réseau|Résiliation|Résultat|"
                + "Résultats|Résumé|Retard|Retour|Retrait|Retraite|Réunion|Revenu|Revenus|Révision|Risque|Salaire|"
                + "Salle|Santé|Sécurité|Séance|Semaine|Service|Session|Signature|Situation|Société|Solde|Solution|"
                + "Sommaire|Sortie|Soutien|Stage|Statistiques|Statut|Structure|Succession|Suivi|Surveillance|Syndic|"
                + "Synthèse|Système|Tableau|Tarif|Taux|Taxe|Technique|Témoignage|Texte|Titre|Total|Traitement|"
                + "Transfert|Transport|Travail|Travaux|Tribunal|Urgence|Usage|Vaccination|Validation|Valeur|Véhicule|"
                + "Vente|Vérification|Versement|Victime|Ville|Virement|Visite|Vote|Voyage|Adoption|Ancienneté|"
                + "Apprentissage|Artisan|Association|Autonomie|Autorité|Bénéficiaire|Bénéficiaires|Besoin|Bourse|"
                + "Brevet|Bricolage|Camion|Camionnette|Caravane|Catastrophe|Cession|Charge|Chasse|Classement|Codes|"
                + "Collecte|Commerce|Commune|Concours|Conjoint|Contestation|Coût|Coûts|Cours|Déclarer|Décès|"
                + "Délivrance|Démission|Départements|Diplôme|Divorce|Dommage|Don|Donation|Éducation|Élection|"
                + "Élections|Élèves|Enfant|Enfants|Époux|Étape|Étranger|Étudiant|Étudiants|Exonération|Fraude|"
                + "Franchise|Grossesse|Handicap|Héritier|Héritiers|Impayés|Indemnisation|Intérêts|Intérim|Invalidité|"
                + "Jeune|Jeunes|Juge|Justice|Lavabo|Licenciement|Lignes|Logiciel|Logiciels|Mariage|Maternité|Mineur|"
                + "Mineurs|Minima|Mobilier|Mobilité|Naturalisation|Nationalité|Objectifs|Ouverture|Ouvert|Panneaux|"
                + "Papier|Papiers|Part|Particulier|Particuliers|Pacte|Peine|Pénalité|Permanence|Photo|Plafond|"
                + "Prescriptions|Prêt|Prix|Procuration|Propriétaire|Prouver|Régularisation|Remarié|Résidence|"
                + "Ressources|Saisie|Saisine|Salarié|Salariés|Sanction|Sanctions|Scolarité|Séjour|Sinistre|Syndicat|"
                + "Tutelle|Uniquement|Vacances|Veuf|Veuve|Vol|Voisinage|Volet|Zone|Brigadier|Ambulancier|Chauffeur|"
                + "Garde|Employé|Ouvrier|Retraité|Assuré|Usager|Citoyen|Mutation|Carrière|Grade|Échelon|Concession|"
                + "Cimetière|Obsèques|Pompes|Funèbres|Eau|Gaz|Déchets|Bruit|Chien|Animal|Arme|Armes|Bateau|Avion|"
                + "Train|Vélo|Moto|Voiture|Remorque|Essence|Feu|Radar|Alcool|Drogue|Tabac|Presse|Musique|Image|Film|"
                + "Livre|Bibliothèque|Musée|Sport|Jeu|Jeux|Loterie",
            ["adj"] =
                "administrative|annuel|complémentaire|complète|définitive|en cours|familiale|financier|générale|"
                + "initial|médicale|mensuelle|obligatoire|partiel|particulière|préalable|principale|professionnelle|"
                + "provisoire|publique|sociale|technique|totale|du dossier|du contrat|de la demande|des droits|des "
                + "pièces|de service|d'urgence|à domicile|par courrier|par téléphone|en ligne|à temps partiel|du "
                + "bien|du logement|de l'enfant|de l'employeur|des parents|de la personne",
            ["verb"] =
                "Ajouter|Appeler|Appelez|Apporter|Attendre|Cliquez|Commencer|Compléter|Complétez|Confirmer|"
                + "Conserver|Consulter|Consultez|Contacter|Contactez|Contrôler|Déposer|Désactiver|Envoyer|Envoyez|"
                + "Éviter|Fermer|Imprimer|Indiquer|Indiquez|Informer|Joindre|Noter|Notez|Obtenir|Ouvrir|Payer|Penser|"
                + "Pensez|Prendre|Prenez|Prévoir|Recevoir|Relire|Remplir|Remplissez|Renvoyer|Respecter|Saisir|"
                + "Sélectionnez|Signaler|Signalez|Signer|Suivre|Supprimer|Surveiller|Téléchargez|Transmettre|"
                + "Utiliser|Utilisez|Valider|Vérifier|Vérifiez|Voir|Est-ce|Faut-il|Peut-on|Puis-je|Dois-je|"
                + "Existe-t-il|Doit-on|Avez-vous|Êtes-vous|Souhaitez-vous|Savez-vous|Peux-tu|As-tu|Rappelez|Merci|"
                + "Relancer|Prévenir",
            ["prep"] =
                "Selon|Avec|Pour|Par|Chez|Avec l'aide de|Grâce à|D'après|Vu|Contacter|Appeler|Prévenir|Remis à|"
                + "Confié à|Destiné à|Adressé à|Signé|Reçu de|Reçu par|Validé par|Préparé par|Vérifié par|Établi par|"
                + "Transmis par|Envoyé par|Demandé par|Saisi par|Rencontré|Remplacé par|Suite à l'appel de|Suivant|"
                + "Sauf|Comme|Merci à|Outre|Dixit|Contre|Sans|Félicitations à|Rendez-vous avec|Réunion avec|"
                + "Entretien avec|Appel de|Message de|Courrier de|Dossier de|Demande de|Visite de|Avis de|Audition "
                + "de|Départ de|Arrivée de|Retour de|Congés de|Remplacement de|Compte de|Chèque de|Virement de|"
                + "Facture de|Planning de|Présence de|Absence de|Intervention de|Bureau de|Note de|Question de|"
                + "Réponse de|Accord de|Relance de|Succession de|Tutelle de|Curatelle de|Anniversaire de",
            ["act"] =
                "a signé|a validé|a confirmé|a demandé un report|a appelé ce matin|a été reçu|a été reçue|a été "
                + "prévenue|n'a pas répondu|est absent|est absente|est arrivée|est en congé|sera présent|sera "
                + "présente|sera remplacée|doit rappeler|souhaite un rendez-vous|accepte la proposition|refuse le "
                + "devis|explique son choix|précise que tout est prêt|indique avoir reçu le dossier|conteste la "
                + "décision|propose une autre date|travaille à mi-temps|habite au troisième étage|prend la parole|"
                + "quitte la séance|préside la réunion|reste joignable|gère le dossier|s'engage à payer|se charge du "
                + "suivi|se plaint de douleurs|s'est présentée à l'accueil|nous a écrit|vous contactera|m'a transmis "
                + "les pièces|lui a répondu|rappelle les règles|répond que non|déclare être seule|était d'accord|"
                + "avait prévenu|viendra demain|peut venir mardi|pourra signer|vient de partir|reprend le travail|a "
                + "bien reçu votre courrier|demande à être rappelée|remercie l'équipe|intervient sur ce point|ne "
                + "souhaite pas donner suite|, de son côté, accepte|, absente ce jour, a donné pouvoir|, présente, "
                + "approuve|et moi avons relu le texte",
            ["tail"] =
                "est à fournir avant la fin du mois|doit être signé par les deux parties|n'est pas concerné par "
                + "cette mesure|sera envoyé par courrier|reste à votre charge|a été modifié par l'administration|"
                + "peut être demandé en ligne|dépend de votre situation|figure au verso|prend effet dès la signature|"
                + "permet de réduire les frais|fait l'objet d'un contrôle|entraîne la suspension des droits|relève "
                + "du juge|est calculé sur douze mois|se fait auprès de la mairie|ne donne lieu à aucun "
                + "remboursement|concerne tous les salariés|a pour but de protéger les enfants|comporte trois volets|"
                + "devra être renouvelé chaque année|s'applique aux locataires|vaut accusé de réception|suppose une "
                + "visite préalable|est normal pour l'âge|montre une nette amélioration|reste stable|ouvre droit à "
                + "une indemnité",
            ["rest"] =
                "il faut prévenir le service|vous devez joindre une copie de la facture|les délais sont plus "
                + "courts|nous vous conseillons de garder ce document|le dossier reste ouvert|aucune autre démarche "
                + "n'est nécessaire|cela ne change rien au montant|il convient de vérifier chaque ligne|la demande "
                + "est gratuite|les parents sont informés par écrit|le traitement est poursuivi|on note une légère "
                + "baisse|une réponse vous parviendra sous huit jours|ces données sont conservées cinq ans|l'équipe "
                + "reste à votre disposition|le matériel doit être rendu propre|ils peuvent faire appel de la "
                + "décision|le paiement se fait en trois fois",
            ["heading"] =
                "CONDITIONS GÉNÉRALES DE VENTE|COMPTE RENDU D'HOSPITALISATION|COMPTE RENDU DE RÉUNION|RELEVÉ DE "
                + "COMPTE|ORDRE DU JOUR|RÈGLEMENT INTÉRIEUR|PROCÈS-VERBAL DE RÉCEPTION|CONTRAT DE TRAVAIL|BULLETIN "
                + "DE PAIE|FICHE DE POSTE|DEMANDE DE CONGÉ|NOTE D'INFORMATION|LETTRE RECOMMANDÉE|BON DE LIVRAISON|"
                + "MISE EN DEMEURE|AVIS D'ÉCHÉANCE|FACTURE PROFORMA|TABLEAU DE BORD|PLAN DE FORMATION|RAPPORT ANNUEL|"
                + "MOTIF DE L'ADMISSION|HISTOIRE DE LA MALADIE|EXAMEN CLINIQUE|MODE DE VIE|TRAITEMENT DE SORTIE|"
                + "CONCLUSION|ANTÉCÉDENTS|ALLERGIES|SOMMAIRE|ANNEXE|URGENT|CONFIDENTIEL|IMPORTANT|ATTENTION|RAPPEL|"
                + "TOTAL|MONTANT À PAYER|DATE LIMITE|RÉPUBLIQUE FRANÇAISE|LIBERTÉ ÉGALITÉ FRATERNITÉ|DROITS ET "
                + "DEVOIRS|LIVRET D'ACCUEIL|CHARTE INFORMATIQUE|PROTOCOLE DE SOINS|BILAN SANGUIN|GROUPE SANGUIN|"
                + "VIREMENT SEPA|PRÉLÈVEMENT MENSUEL|RETRAIT DISTRIBUTEUR|CARTE BANCAIRE|ASSURANCE HABITATION|"
                + "GARANTIE DÉCÈS|RÉSILIATION DU BAIL|QUITTANCE DE LOYER|ÉTAT DES LIEUX|Conditions Générales|"
                + "Mentions Légales|Compte Rendu|Fiche Technique|Plan d'Action|Retour d'Expérience|Rapport "
                + "d'Activité|Ordre du Jour|Points Divers|Prochaine Réunion|Contexte et Objectifs|Questions "
                + "Fréquentes|Bon à savoir|À noter|En savoir plus|Textes de référence|Services en ligne|Où "
                + "s'adresser|Qui peut m'aider",
            ["proj"] =
                "Projet Horizon|Projet Alpha|Projet Phénix|Plan Avenir|Programme Mieux Vivre|Opération Été|Mission "
                + "Qualité|Version Bêta|Dossier Omega|Salle Jupiter|Salle Vénus|Bâtiment Mercure|Zone Nord|Lot "
                + "Plomberie|Chantier Les Acacias|Résidence Les Mimosas|Tour Eiffel|Semaine Bleue|Octobre Rose|Fête "
                + "Nationale|Journée Mondiale|Noël|Pâques|Toussaint|Ascension|Pentecôte|Jour de l'An|Coupe du Monde|"
                + "Jeux Olympiques|Révolution française|Seconde Guerre mondiale|Moyen Âge|Renaissance|Lundi|Mardi|"
                + "Jeudi|Vendredi|Janvier|Mars|Avril|Juin|Août|Novembre|Français|Européens|Allemands|État|Internet|"
                + "Terre|Soleil|Web|Bible|Coran|Islam|Dieu|République|Nation|Résistance",
            ["course"] =
                "Anglais Débutant|Gestes et Soins d'Urgence|Sauveteur Secouriste du Travail|Habilitation "
                + "Électrique|Management de Proximité|Bureautique Avancée|Hygiène Hospitalière|Gestion du Stress|"
                + "Prévention des Risques|Conduite en Sécurité|Comptabilité Générale|Droit Social|Paie et Charges|"
                + "Accueil Téléphonique|Prise de Parole|Lutte contre le Blanchiment|Protection des Données|"
                + "Bientraitance|Douleur et Éthique|Qualité de Vie",
            ["form"] =
                "Date|Lieu|Objet|Référence|N° client|Montant|Service|Motif|Statut|Code postal|Ville|Pays|Téléphone|"
                + "Courriel|Profession|Situation|Nationalité|Adresse|Échéance|Fonction|Unité|Chambre|Lit|Groupe|Type|"
                + "Catégorie|Version|Diffusion|Pièces jointes|Observations|Diagnostic|Traitement|Devise|Mode de "
                + "paiement|Mutuelle|Caisse|Banque|Agence|Employeur|Formation|Site|Modèle|Marque|Couleur|Licence|"
                + "Éditeur|Langue|Secteur|Région|Commune|Établissement",
            ["label"] =
                "Agent|Vendeur|Acheteur|Acquéreur|Bailleur|Demandeur|Technicien|Chauffeur|Formateur|Stagiaire|"
                + "Tuteur|Suppléant|Titulaire|Animateur|Rapporteur|Secrétaire de séance|Président de séance|Référent|"
                + "Correspondant|Pilote|Valideur|Approbateur|Auteur|Relecteur|Responsable|Gestionnaire|Conseiller|"
                + "Chargé d'affaires|Expéditeur|Copie à|Participants|Présents|Absents|Excusés|Invités|Témoins|Témoin|"
                + "Mère|Père|Conjoint|Enfant|Enfants|Tuteur légal|Payeur|Débiteur|Créancier|Déposant|Héritier|Défunt|"
                + "Notaire|Avocat|Chirurgien|Anesthésiste|Infirmière|Aide-soignante|Sage-femme|Assistante sociale|"
                + "Psychologue|Aidant|Voisin|Gardien|Architecte|Maître d'œuvre|Conducteur|Salarié|Collaboratrice|"
                + "Manager|Évaluateur|Visa|Pour le compte de|Au nom de|Ordre|Émetteur",
            ["kin"] =
                "son fils|sa fille|son épouse|son mari|sa femme|son frère|sa sœur|sa mère|son père|son voisin|sa "
                + "voisine|son compagnon|sa nièce|son neveu|son collègue|sa collègue|mon collègue|ma collègue|notre "
                + "collègue|votre collègue|l'enfant|le petit|la petite|le jeune|l'étudiante|le stagiaire|l'apprenti|"
                + "l'élève|mon ami|mon amie|ma cousine|votre interlocutrice|votre correspondant|le patient|la "
                + "patiente|le résident|la résidente|l'usager|le salarié|l'agent|le client|la cliente|le locataire|"
                + "la propriétaire|le conducteur|la victime|le témoin|l'avocat|le notaire|l'infirmier|l'infirmière|"
                + "l'interne|le chirurgien|l'anesthésiste|la sage-femme|le kinésithérapeute|l'assistante|la "
                + "secrétaire|le technicien|le directeur|la directrice|le chef de service|le responsable|la "
                + "responsable|le trésorier|la présidente|le conseiller|l'élue|le délégué|la gérante|le comptable|"
                + "l'auteur|le rapporteur|le signataire|la remplaçante",
        }
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Puts lists in the place of their names, as choices that <see cref="SyntheticGenre"/> knows.</summary>
    public static string Fill(string template)
    {
        foreach (var (name, words) in Lists)
        {
            template = template.Replace($"<{name}>", $"[{words}]", StringComparison.Ordinal);
        }

        return template;
    }
}

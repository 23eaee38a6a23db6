using Terroir.Documents;

namespace Terroir.Ingestion.Remarks;

/// <summary>The sentences of remarks in French; see <see cref="RemarkText"/> for their form.</summary>
internal static class FrenchRemarks
{
    public static IReadOnlyDictionary<RemarkCode, string> All { get; } = new Dictionary<RemarkCode, string>
    {
        [RemarkCode.Said] = "{0}",
        [RemarkCode.EmptyFile] = "Le fichier est vide. Restaurez-le ou supprimez-le.",
        [RemarkCode.FileTooLarge] = "Le fichier dépasse {0} Mio. Divisez-le, ou relevez la limite.",
        [RemarkCode.NoVisibleText] = "Le fichier ne contient aucun texte visible. Vérifiez qu’il est complet.",
        [RemarkCode.AsksForPassword] =
            "Le fichier demande un mot de passe. Enregistrez-le sans mot de passe, puis lancez « terroir retry ».",
        [RemarkCode.LockedToDevice] = "Le livre est verrouillé pour un appareil. Demandez une copie sans verrou.",
        [RemarkCode.MailEncrypted] =
            "Le message est chiffré. Déchiffrez-le dans la messagerie et enregistrez-le de nouveau.",
        [RemarkCode.FileIsPicture] = "Le fichier est une image. Passez-le d’abord à la reconnaissance de caractères.",
        [RemarkCode.NotWhatNamePromises] =
            "Le contenu n’est pas celui que le nom annonce. Restaurez le fichier depuis sa source, ou donnez-lui "
            + "son vrai nom.",
        [RemarkCode.NoReaderForFormat] =
            "Aucun lecteur ne connaît ce format. Convertissez le fichier en PDF ou DOCX, puis lancez « terroir "
            + "sync ».",
        [RemarkCode.TookTooLong] = "La lecture a duré plus de {0} s. Divisez le fichier, ou enregistrez-le de nouveau.",
        [RemarkCode.FileDamaged] =
            "Le fichier est abîmé ({0}). Ouvrez-le, enregistrez-le de nouveau, puis lancez « terroir retry ».",
        [RemarkCode.NoMainPart] =
            "La partie du fichier qui porte le contenu manque. Ouvrez-le, enregistrez-le de nouveau, puis lancez "
            + "« terroir retry ».",
        [RemarkCode.NoTableOfParts] = "Le livre n’a pas de table de ses parties. Restaurez-le depuis sa source.",
        [RemarkCode.NoJsonLine] = "Aucune ligne du fichier n’est du JSON. Restaurez-le depuis sa source.",
        [RemarkCode.BinaryWorkbook] =
            "Le classeur est sous forme binaire (XLSB). Enregistrez-le en XLSX, puis lancez « terroir retry ».",
        [RemarkCode.TooManyEntries] = "L’archive a plus de {0} entrées. Décompressez-la dans un dossier de la source.",
        [RemarkCode.EntryNameTooLong] = "Un nom dans l’archive dépasse 1 Mio. Recréez l’archive.",
        [RemarkCode.UnpacksTooLarge] =
            "Le fichier décompressé dépasse la limite. Décompressez-le dans un dossier de la source, ou divisez-le.",
        [RemarkCode.ElementsTooDeep] =
            "Des éléments sont imbriqués sur plus de {0} niveaux. Enregistrez le fichier de nouveau.",
        [RemarkCode.FilesTooDeep] =
            "Des fichiers sont contenus les uns dans les autres sur plus de {0} niveaux. Décompressez-les dans un"
            + " dossier de la source.",
        [RemarkCode.TooManyMails] = "La boîte a plus de {0} messages. Divisez-la par année.",
        [RemarkCode.TooMuchText] = "Le fichier contient plus de {0} millions de caractères. Divisez-le.",
        [RemarkCode.TooManyCells] =
            "Les tableaux ont plus de {0} cellules. Divisez le fichier, ou utilisez une base de données.",
        [RemarkCode.AnswerTooLarge] =
            "Le fichier donne plus de texte que la limite. Divisez-le en fichiers plus petits.",
        [RemarkCode.TooMuchMemory] = "La lecture demande plus de {0} Mio de mémoire. Divisez le fichier.",
        [RemarkCode.ProcessEnded] =
            "La lecture a mis fin au processus de lecture (code {0}). Ouvrez le fichier, enregistrez-le de "
            + "nouveau, puis lancez « terroir retry ».",
        [RemarkCode.PartWasRead] = "Une partie a été lue.",
        [RemarkCode.HeldForQuality] =
            "Noté {0} ({1}). « terroir quality » dit quoi corriger ; pour l’indexer tel quel : « terroir quality "
            + "release SOURCE CHEMIN ».",
        [RemarkCode.FileRefused] = "Le fichier ne peut pas être lu. Donnez au compte terroir le droit de le lire.",
        [RemarkCode.FileChanged] =
            "Le fichier a changé pendant la lecture. La prochaine synchronisation réessaie d’elle-même.",
        [RemarkCode.FolderTooDeep] =
            "Le dossier est à plus de {0} niveaux de profondeur. Remontez-le ; ce qu’il contient n’est pas lu.",
        [RemarkCode.FolderRefused] =
            "Le dossier ne peut pas être lu ({0}). Donnez au compte terroir le droit de le lire et de le "
            + "traverser ; ce qui en a été lu avant reste en attendant.",
        [RemarkCode.FolderClosed] =
            "Le serveur n’ouvre pas ce dossier à l’utilisateur. Donnez-lui-y le droit de lecture, ou écartez le "
            + "dossier.",
        [RemarkCode.ObjectArchived] = "L’objet est archivé sur le serveur. Restaurez-le sur place.",
        [RemarkCode.ObjectRefused] =
            "La clé n’a pas le droit de lire cet objet. Donnez-lui ce droit, ou écartez l’objet par un préfixe.",
        [RemarkCode.FetchRefused] =
            "Le serveur répond {0} quand on demande le fichier. Donnez-y à l’utilisateur le droit de le lire.",
        [RemarkCode.RowTooLarge] = "La ligne dépasse {0} octets. Écartez-la par la requête.",
        [RemarkCode.RowIsAmbiguous] =
            "Plusieurs lignes ont cet identifiant. Choisissez pour « id-column » une colonne unique.",
        [RemarkCode.MailTooLarge] =
            "Le message dépasse {0} octets. Enregistrez ses pièces jointes ailleurs, ou écartez-le.",
        [RemarkCode.MailRefused] =
            "Le serveur ne donne pas ce message. Ouvrez-le dans une messagerie ; le journal du serveur dit peut-"
            + "être pourquoi.",
        [RemarkCode.FontsUnmapped] =
            "Les polices du fichier ne disent pas quelles lettres elles dessinent : son texte ne peut pas être "
            + "lu. Passez [la page|les pages] {0} à la reconnaissance de caractères.",
        [RemarkCode.NoPageRead] =
            "Aucune page ne peut être lue ({0}). Ouvrez le fichier, enregistrez-le de nouveau, puis lancez « "
            + "terroir retry ».",
        [RemarkCode.OnlyPictures] =
            "[La page {0} est une image|Les pages {0} sont des images] sans texte. Passez d’abord le fichier à la"
            + " reconnaissance de caractères.",
        [RemarkCode.PagesWithoutText] =
            "[La page {0} n’a pas de couche de texte et n’a pas été lue : passez-la|Les pages {0} n’ont pas de "
            + "couche de texte et n’ont pas été lues : passez-les] à la reconnaissance de caractères.",
        [RemarkCode.PagesUnmapped] =
            "[La page {0} a des lettres dont le fichier ne donne pas le code ; son texte est|Les pages {0} ont "
            + "des lettres dont le fichier ne donne pas le code ; leur texte est] en partie faux.",
        [RemarkCode.PagesImplausible] =
            "[La page {0} a|Les pages {0} ont] une couche de texte dont une partie ne forme pas de mots : une "
            + "mauvaise reconnaissance, ou des polices qui nomment d’autres lettres. Numérisez ou exportez de "
            + "nouveau le fichier.",
        [RemarkCode.PagesDamaged] =
            "[La page {0} est abîmée et n’a pas été lue|Les pages {0} sont abîmées et n’ont pas été lues].",
        [RemarkCode.PagesCut] =
            "[La page {0} a|Les pages {0} ont] trop de lettres ; seules les premières ont été lues.",
        [RemarkCode.PagesUnread] =
            "Seules les {0} premières des {1} pages ont été lues : le document est trop long. Divisez-le.",
        [RemarkCode.PictureTooLarge] = "L’image a plus de {0} millions de points. Numérisez-la à {1} points par pouce.",
        [RemarkCode.PictureDamaged] =
            "L’image est abîmée. Ouvrez le fichier, enregistrez-le de nouveau, puis lancez « terroir retry ».",
        [RemarkCode.RecognitionFailed] =
            "La reconnaissance de caractères a échoué sur [la page|les pages] {0}. Lancez « terroir doctor », "
            + "puis « terroir retry ».",
        [RemarkCode.NothingRecognized] =
            "Aucune lettre n’a pu être reconnue : le fichier montre une feuille blanche, un dessin ou une "
            + "écriture manuscrite. S’il est imprimé, numérisez-le de nouveau, droit, à 300 points par pouce.",
        [RemarkCode.InstallRecognition] =
            "Installez ce qui reconnaît l’imprimé : apt install {0} ; puis lancez « terroir retry ».",
        [RemarkCode.RecognitionGaveUp] = "La reconnaissance de caractères n’a rien donné :",
        [RemarkCode.PagesRecognized] =
            "[La page {0} a été lue|Les pages {0} ont été lues] par reconnaissance de caractères.",
        [RemarkCode.PagesDoubtful] =
            "[La page {0} a été reconnue|Les pages {0} ont été reconnues] avec des doutes : numérisez de nouveau,"
            + " droit, à 300 points par pouce, avec un bon contraste.",
        [RemarkCode.PagesCoarse] =
            "[La page {0} est numérisée|Les pages {0} sont numérisées] à moins de {1} points par pouce : "
            + "numérisez de nouveau à 300.",
        [RemarkCode.PagesBlank] =
            "[La page {0} ne montre|Les pages {0} ne montrent] aucune lettre qui puisse être reconnue : feuille "
            + "blanche, dessin ou écriture manuscrite.",
        [RemarkCode.PagesNotRecognized] =
            "[La page {0} n’a pas pu être dessinée ou reconnue|Les pages {0} n’ont pas pu être dessinées ou "
            + "reconnues].",
        [RemarkCode.PagesTooLarge] =
            "[La page {0} a plus de {1} millions de points et n’a pas été lue|Les pages {0} ont plus de {1} "
            + "millions de points et n’ont pas été lues].",
        [RemarkCode.PagesNotTried] =
            "[Seule la première page a été reconnue|Seules les {0} premières pages ont été reconnues]. Divisez le"
            + " fichier.",
        [RemarkCode.NameAndContentDiffer] = "Le nom finit par {0}, et le contenu est {1}.",
        [RemarkCode.MarksTooDeep] = "Les marques sont trop imbriquées ; le fichier a été lu comme du texte simple.",
        [RemarkCode.TrackedChanges] = "Le fichier a des modifications suivies ; elles ont été lues comme acceptées.",
        [RemarkCode.HiddenTextLeftOut] =
            "{0} [passage de texte masqué a été écarté|passages de texte masqué ont été écartés].",
        [RemarkCode.HiddenSheetsRead] = "{0} [feuille masquée a été lue|feuilles masquées ont été lues] aussi.",
        [RemarkCode.HiddenSlidesRead] = "{0} [diapositive masquée a été lue|diapositives masquées ont été lues] aussi.",
        [RemarkCode.HiddenPartsFound] =
            "{0} [partie masquée a été trouvée|parties masquées ont été trouvées] ; le texte masqué est écarté, "
            + "les feuilles masquées sont lues.",
        [RemarkCode.OtherPartUnread] = "Une partie du document, dans un autre format, n’a pas été lue.",
        [RemarkCode.OldPowerPoint] =
            "Le fichier est au format PowerPoint 97 ; tableaux, notes et graphiques n’ont pas été lus.",
        [RemarkCode.OldWord] =
            "Le fichier est au format Word 97 ; numéros de listes, notes et zones de texte n’ont pas été lus.",
        [RemarkCode.EntriesLeadOut] =
            "{0} [entrée dont le nom sort de l’archive a été écartée|entrées dont le nom sort de l’archive ont "
            + "été écartées].",
        [RemarkCode.LinesNotJson] =
            "{0} [ligne n’est pas du JSON et a été écartée|lignes ne sont pas du JSON et ont été écartées].",
        [RemarkCode.MailBodyUnread] =
            "Le corps du message est sous une forme qui n’est pas lue. Enregistrez le message en HTML ou EML.",
        [RemarkCode.InnerMailsUnread] =
            "{0} [message ou objet contenu dans le message n’a pas été lu|messages ou objets contenus dans le "
            + "message n’ont pas été lus].",
        [RemarkCode.PageIsPicture] = "La page est une image sans couche de texte.",
        [RemarkCode.PageUnmapped] = "Les polices ne disent pas quelles lettres elles dessinent.",
        [RemarkCode.PageFewUnmapped] = "Quelques lettres n’ont pas de code.",
        [RemarkCode.PageImplausible] = "Environ {0} % de la couche de texte ne forment pas de mots.",
        [RemarkCode.PageHasHiddenText] =
            "Le texte est la couche invisible d’une page numérisée ; il vaut ce que valait la reconnaissance.",
        [RemarkCode.PageDamaged] = "La page est abîmée.",
        [RemarkCode.PageBlank] = "Aucune lettre ne peut être reconnue sur la page.",
        [RemarkCode.PageNotRecognized] = "La page n’a pas pu être dessinée ou reconnue.",
        [RemarkCode.PageTooLarge] = "La page a trop de points.",
        [RemarkCode.PageDoubted] = "Lue par reconnaissance de caractères ; le moteur doute de {0} % des lettres.",
        [RemarkCode.PageDoubtedAndCoarse] =
            "Lue par reconnaissance de caractères ; le moteur doute de {0} % des lettres, et la numérisation est "
            + "grossière.",
    };
}

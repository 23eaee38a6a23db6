namespace Terroir.Languages;

/// <summary>What tells languages apart: their small words, the endings of their words, and letters of their own.
/// </summary>
internal static class LanguageWords
{
    /// <summary>The languages, as ISO 639-1 codes.</summary>
    public static IReadOnlyList<string> Codes { get; } = ["fr", "en", "de", "es", "it", "pt", "nl"];

    /// <summary>Small words, by the order of <see cref="Codes"/>; those that lose a letter with their apostrophe.
    /// </summary>
    public static IReadOnlyList<string> Words { get; } =
    [
        "le la les l' d' des du de à un une et est dans pour que qui sur au aux par avec sont ce cette ces "
            + "il elle ils elles pas plus ou se ne n' en c' s' j' y a qu' on nous vous votre vos notre nos leur "
            + "leurs son sa ses être avoir fait faire peut doit sera ont été était ainsi donc mais si sans sous "
            + "entre chez lors selon dont quel quelle quels quelles combien comment quand où pourquoi quoi toute "
            + "tout tous toutes autre autres même je tu lui eux après avant depuis pendant jusqu très aussi faut "
            + "afin chaque non oui merci bonjour",
        "the of and to in is are for that with this by on be was were from at an it as or which have has "
            + "not can you your how what when where who whom why does do should must a i we they he she his her "
            + "their its our will would may if then than these those been had but no all any each other some such "
            + "only into about after before during between under over out up there here more most also please "
            + "both per yes let us my me did no one two being could them",
        "der die das und ist nicht ein eine einer eines einem einen mit von zu den dem auf für im in des "
            + "sich auch als an es bei werden wird sind war oder aber wie so nach aus durch wenn nur noch kann "
            + "sie er wir ihr ich haben hat hatte beide beiden gleich zum zur über unter vor bis sehr mehr alle "
            + "dieser diese dieses diesen man was wer wo warum wann ihre seine kein keine muss soll bitte wurde "
            + "dass daß am vom beim ins nichts jede jeder",
        "el los las y que una por con para del es se al como un la lo su sus le les más o pero no si sí "
            + "este esta estos estas ese esa son está están fue ha han ser hay cuando donde dónde qué quién cómo "
            + "cuánto muy todo todos toda todas también sin sobre entre hasta desde porque debe deben puede "
            + "pueden otro otra ya de en nos mi tu usted ustedes cada según durante tiene",
        "il lo gli di che e un una per con del della dei delle degli sono non la le i è da in al alla ai "
            + "alle nel nella nei nelle sul sulla dal dalla come più ma se si o anche questo questa questi queste "
            + "quello quella essere ha hanno deve devono può possono quando dove chi cosa quanto tutti tutte "
            + "tutto ogni senza tra fra suo sua suoi loro ci vi ne già molto prima dopo fino presso uno perché va "
            + "vanno viene l' dell' all' nell' dall' sull'",
        "o os as um uma de do da dos das e em no na nos nas por para com que não se ao aos à às é são foi "
            + "ser está estão mais mas ou como seu sua seus suas ele ela eles elas este esta isso isto quando "
            + "onde quem qual quais também muito todos todas cada sem sobre entre até desde deve devem pode podem "
            + "já pelo pela pelos pelas há tem têm foram você vocês após",
        "de het een en van is in dat die op te met voor niet zijn aan er om ook als bij uit naar door over "
            + "maar wordt worden was waren heeft hebben deze dit zij hij wij je jij u uw ik kan kunnen moet "
            + "moeten zal nog wel of tot dan wat wie waar wanneer hoe waarom geen meer alle zich onder tegen na "
            + "tijdens elke iedere ons onze",
    ];

    /// <summary>Ends of longer words, by the order of <see cref="Codes"/>.</summary>
    public static IReadOnlyList<string> Endings { get; } =
    [
        "eaux eux euse ées ement ité ités aire aires ique iques elle ette oire ois ais ait aient ez ions",
        "ing ings ly ness ed ght ity ies ould ful less ship tional ously",
        "nisse nis ung ungen lich liche lichen keit heit isch ische schaft chen tion igt ieren tet eln",
        "ción ciones dad dades mente ado ados ada adas ido idos oso osa ería ñez",
        "iere ieri zione zioni tà mento mente ato ati ata ate ito iti ezza ggio ione oni amo",
        "mento ção ções dade dades mente ado ados ada adas ido idos oso osa agem ões inho",
        "heid lijk lijke ing ingen tie ties isch ische aal eel ijk sch ten den",
    ];

    /// <summary>Letters that few of the languages have, by the order of <see cref="Codes"/>.</summary>
    public static IReadOnlyList<string> Letters { get; } =
    [
        "éèêàçœùûîôëïâ", "", "ßäöü", "ñ¿¡áíóúé", "òìàèéù", "ãõçáâêàéíóú", "ëïé",
    ];
}

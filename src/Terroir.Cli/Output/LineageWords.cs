using System.Globalization;
using Terroir.Lineage;

namespace Terroir.Cli.Output;

/// <summary>The words of a lineage in one language.</summary>
internal sealed class LineageWords
{
    private static readonly Dictionary<string, (string English, string French)> Words = new(StringComparer.Ordinal)
    {
        ["Source"] = ("source", "source"),
        ["Document"] = ("document", "document"),
        ["Version"] = ("version", "version"),
        ["Text"] = ("text", "texte"),
        ["Segment"] = ("segment", "segment"),
        ["Generation"] = ("generation", "génération"),
        ["Answer"] = ("answer", "réponse"),
        ["Passage"] = ("citation", "citation"),
        ["Model"] = ("written by", "rédigée par"),
        ["Decision"] = ("policies", "politiques"),
        ["Entry"] = ("ledger entry", "entrée du journal"),
        ["Checkpoint"] = ("checkpoint of size", "point de contrôle de taille"),
        ["Person"] = ("asked by", "posée par"),
        ["Previous"] = ("follows the answer", "suit la réponse"),
        ["sourceKind"] = ("kind", "type"),
        ["location"] = ("at", "à"),
        ["collection"] = ("collection", "collection"),
        ["path"] = ("path", "chemin"),
        ["state"] = ("state", "état"),
        ["ingestedAt"] = ("ingested", "ingérée le"),
        ["publishedAt"] = ("published", "publiée le"),
        ["removedAt"] = ("removed", "retiré le"),
        ["permissionsChangedAt"] = ("permissions changed", "droits modifiés le"),
        ["loggedAt"] = ("logged", "inscrite le"),
        ["answeredAt"] = ("answered", "donnée le"),
        ["mediaType"] = ("type", "format"),
        ["sizeBytes"] = ("bytes", "octets"),
        ["label"] = ("label", "étiquette"),
        ["remarks"] = ("remarks of the reader", "remarques du lecteur"),
        ["quality"] = ("quality", "qualité"),
        ["passages"] = ("passages", "passages"),
        ["language"] = ("language", "langue"),
        ["asker"] = ("for", "pour"),
        ["entry"] = ("ledger entry", "entrée du journal"),
        ["shown"] = ("passages shown", "passages montrés"),
        ["shownRoot"] = ("their root", "leur racine"),
        ["verdicts"] = ("sentences", "phrases"),
        ["energy"] = ("energy", "énergie"),
        ["generation"] = ("number", "numéro"),
        ["card"] = ("card", "fiche"),
        ["weights"] = ("weights", "poids"),
        ["tokenizer"] = ("tokenizer", "segmenteur"),
        ["endpoint"] = ("at", "à"),
        ["promptTemplate"] = ("prompt template", "modèle d'invite"),
        ["software"] = ("with", "avec"),
        ["softwareDigest"] = ("digest", "empreinte"),
        ["outcome"] = ("decision", "décision"),
        ["reasons"] = ("because of", "en vertu de"),
        ["start"] = ("from byte", "depuis l'octet"),
        ["length"] = ("length", "longueur"),
        ["rank"] = ("rank", "rang"),
        ["permissionEpoch"] = ("permissions as of generation", "droits de la génération"),
        ["origin"] = ("log", "journal"),
        ["root"] = ("root", "racine"),
        ["signatures"] = ("signatures", "signatures"),
        ["live"] = ("live", "en vigueur"),
        ["former"] = ("former", "ancienne"),
        ["removed"] = ("removed", "retiré"),
        ["erased"] = ("erased", "effacée"),
        ["unavailable"] = ("not available", "non disponible"),
        ["quoted"] = ("quoted", "citées"),
        ["supported"] = ("supported", "étayées"),
        ["unsupported"] = ("unsupported", "non étayées"),
        ["not checked"] = ("not checked", "non vérifiées"),
        ["allow"] = ("allow", "autoriser"),
        ["redact"] = ("redact", "masquer"),
        ["local-only"] = ("local only", "local seulement"),
        ["ask"] = ("ask a person", "demander à une personne"),
        ["deny"] = ("deny", "refuser"),
        ["not metered"] = ("not metered", "non mesurée"),
        ["extractive"] = ("extracts, no model", "extraits, sans modèle"),
    };

    private readonly bool _isFrench;

    private LineageWords(bool isFrench) => _isFrench = isFrench;

    /// <summary>The words of a language: <c>en</c> or <c>fr</c>.</summary>
    public static LineageWords For(string language) => new(language is "fr");

    public string Kind(LineageNode node) => Say(
        node is { Kind: LineageKind.Answer, Relation: LineageRelation.Origin } ? "Previous" : node.Kind.ToString());

    public string Fact(string name) => Say(name);

    /// <summary>A value: a word of the language where the value is one of ours, else as it is.</summary>
    public string Value(LineageFact fact) => fact.Name switch
    {
        "state" or "energy" or "outcome" => Say(fact.Value),
        "verdicts" => string.Join(", ", fact.Value.Split(", ").Select(SayVerdict)),
        _ => fact.Value,
    };

    /// <summary>The id of a node: what wrote an answer may be no model.</summary>
    public string Id(LineageNode node) => node.Kind == LineageKind.Model ? Say(node.Id) : node.Id;

    public string Omitted(int count) => _isFrench
        ? string.Create(CultureInfo.InvariantCulture, $"et {count} de plus")
        : string.Create(CultureInfo.InvariantCulture, $"and {count} more");

    // A count and a verdict of receipts.
    private string SayVerdict(string text) => text.Split(' ', 2) is [var count, var verdict]
        ? $"{count} {Say(verdict)}"
        : text;

    private string Say(string word) =>
        Words.TryGetValue(word, out var pair) ? (_isFrench ? pair.French : pair.English) : word;
}

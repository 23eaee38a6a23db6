namespace Terroir.Lineage;

/// <summary>Which terms of PROV-O say what a tree of a lineage says.</summary>
internal static class ProvTerms
{
    /// <summary>The types of a node: one of PROV's, and its own.</summary>
    public static string[] TypesOf(LineageKind kind) => kind switch
    {
        LineageKind.Model => ["prov:SoftwareAgent", "terroir:Model"],
        LineageKind.Person => ["prov:Person", "terroir:Person"],
        LineageKind.Segment or LineageKind.Generation => ["prov:Collection", $"terroir:{kind}"],
        LineageKind.Decision => ["prov:Plan", "terroir:Decision"],
        _ => ["prov:Entity", $"terroir:{kind}"],
    };

    /// <summary>What the activity that made an answer has to do with a node below the answer.</summary>
    /// <returns>The term; <see langword="null"/> if the upper one is no answer, or the node came after it.</returns>
    public static string? OfActivity(LineageKind upper, LineageNode lower) => (upper, lower.Kind) switch
    {
        (LineageKind.Answer, LineageKind.Passage or LineageKind.Generation or LineageKind.Decision) => "prov:used",
        (LineageKind.Answer, LineageKind.Model or LineageKind.Person) => "prov:wasAssociatedWith",
        _ => null,
    };

    /// <summary>The terms between two nodes.</summary>
    /// <returns>Each term, and whether it is said of the lower node about the upper one.</returns>
    public static IEnumerable<(string Term, bool IsOfLower)> Between(LineageKind upper, LineageNode lower) =>
        (upper, lower.Kind, lower.Relation) switch
        {
            (LineageKind.Document, LineageKind.Version, _) => [("prov:specializationOf", true)],
            (LineageKind.Version, LineageKind.Document, _) => [("prov:specializationOf", false)],
            (LineageKind.Passage, LineageKind.Version, _) => [("prov:wasQuotedFrom", false)],
            (LineageKind.Answer, LineageKind.Passage, _) => [("prov:wasDerivedFrom", false)],
            (LineageKind.Answer, LineageKind.Model, _) => [("prov:wasAttributedTo", false)],
            (LineageKind.Answer, LineageKind.Person or LineageKind.Generation or LineageKind.Decision, _) => [],
            (_, _, LineageRelation.Holder) => [("prov:hadMember", true)],
            (_, _, LineageRelation.Evidence) => [("terroir:evidence", false)],
            (_, _, LineageRelation.Outcome) => [("prov:wasDerivedFrom", true)],
            _ => [("prov:wasDerivedFrom", false)],
        };
}

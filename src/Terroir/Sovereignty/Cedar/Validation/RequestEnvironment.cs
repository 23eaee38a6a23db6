namespace Terroir.Sovereignty.Cedar;

/// <summary>The types of a request: one of the combinations that a schema allows.</summary>
internal sealed record RequestEnvironment(string Principal, EntityUid Action, string Resource, RecordType Context);

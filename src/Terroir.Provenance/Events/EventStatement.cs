namespace Terroir.Provenance.Events;

/// <summary>What the leaf of an event commits to.</summary>
internal sealed record EventStatement(
    int Format,
    string Kind,
    string Time,
    ContentHash? Actor,
    IReadOnlyList<EventCommitment> Subjects);

/// <summary>A subject without what shows it.</summary>
internal sealed record EventCommitment(string Role, ContentHash Commitment);

/// <summary>What a site keeps of an event.</summary>
internal sealed record EventDetail(ContentHash? Actor, IReadOnlyList<EventSubject> Subjects);

using System.Globalization;
using Terroir.Documents;

namespace Terroir.Web;

/// <summary>What every page shows around its content.</summary>
/// <param name="Text">The words, in the visitor's language.</param>
/// <param name="ChosenLanguage">The language if the visitor chose it in the address; else empty.</param>
/// <param name="People">In a demo whom one can ask as; else empty.</param>
/// <param name="Person">In a demo whom the visitor asks as; else empty.</param>
/// <param name="SignedInAs">The name of a visitor who signed in; else empty.</param>
/// <param name="IsDemo">Whether the visitor may ask as anyone of the directory.</param>
public sealed record PageFrame(
    ConsoleText Text,
    string ChosenLanguage,
    IReadOnlyList<PersonLine> People,
    string Person,
    string SignedInAs,
    bool IsDemo)
{
    /// <summary>The name of the identity provider that signs people in; empty for none.</summary>
    public string Provider { get; init; } = "";

    /// <summary>Whether the visitor may open access in an emergency.</summary>
    public bool MayOpenEmergency { get; init; }

    /// <summary>What the visitor has open because of an emergency.</summary>
    public IReadOnlyList<EmergencyLine> Emergencies { get; init; } = [];

    /// <summary>Makes the address of a page that keeps person and language.</summary>
    /// <param name="path">The path.</param>
    /// <param name="parameters">Further parameters.</param>
    /// <returns>The address.</returns>
    public string Link(string path, params (string Name, string Value)[] parameters)
    {
        var all = parameters.ToList();
        all.Add(("as", Person));
        all.Add(("lang", ChosenLanguage));
        var query = string.Join('&', all
            .Where(parameter => parameter.Value.Length > 0)
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value)}"));
        return query.Length > 0 ? $"{path}?{query}" : path;
    }

    /// <summary>Makes the address of a citation in its document.</summary>
    /// <param name="citation">The citation.</param>
    /// <returns>The address, which scrolls to the cited place.</returns>
    public string LinkTo(Answers.Citation citation) => Link(
        $"/documents/{citation.Document.Value}",
        ("start", citation.Start.ToString(CultureInfo.InvariantCulture)),
        ("end", citation.End.ToString(CultureInfo.InvariantCulture))) + "#cite";
}

/// <summary>A person of a demo.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name.</param>
/// <param name="Title">The function; may be empty.</param>
public sealed record PersonLine(string Id, string Name, string Title);

/// <summary>An access in an emergency: one that is open, or that may be opened.</summary>
/// <param name="Group">The group that the visitor belongs to meanwhile.</param>
/// <param name="Minutes">For how long it is opened.</param>
/// <param name="EndsAt">When it ends; <see langword="null"/> for one that is not open.</param>
public sealed record EmergencyLine(string Group, int Minutes, DateTimeOffset? EndsAt);

/// <summary>A source, for its page.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Location">Where it reads.</param>
/// <param name="SyncedAt">When it was last read to its end.</param>
/// <param name="HeldReason">Why it is stopped.</param>
public sealed record SourceLine(string Name, string Location, DateTimeOffset? SyncedAt, string? HeldReason);

/// <summary>A collection, for its page.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Documents">How many documents are live.</param>
/// <param name="Passages">How many passages they have.</param>
/// <param name="Generation">Its newest generation.</param>
public sealed record CollectionLine(string Name, int Documents, int Passages, long Generation);

/// <summary>A file in quarantine, for its page.</summary>
/// <param name="File">Its source and path.</param>
/// <param name="Reason">The kind of failure.</param>
/// <param name="Advice">What to do.</param>
public sealed record QuarantineLine(string File, UnreadableReason Reason, IReadOnlyList<Remark> Advice);

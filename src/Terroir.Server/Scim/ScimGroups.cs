using System.Text.Json.Nodes;
using Terroir.Access;
using Terroir.Storage;

namespace Terroir.Server.Scim;

/// <summary>Groups: those of the store, and those of <c>directory.yaml</c> to be read.</summary>
internal sealed class ScimGroups : ScimResourceType
{
    private const string Members = "members";

    /// <summary>The one there is.</summary>
    public static ScimGroups Type { get; } = new();

    /// <inheritdoc/>
    public override ScimSchema Schema => ScimSchemas.Group;

    /// <inheritdoc/>
    public override string Endpoint => "Groups";

    // A group may have thousands of members, and clients add them one at a time.
    /// <inheritdoc/>
    public override bool IsSentBack => false;

    /// <inheritdoc/>
    protected override string Prefix => "group:";

    /// <inheritdoc/>
    public override IReadOnlyList<string> List(ScimSnapshot snapshot) =>
        [.. snapshot.Groups.Keys.Select(Principal.Group).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public override JsonObject Render(ScimSnapshot snapshot, string principal)
    {
        var (group, name) = (Of(snapshot, principal).Group, Of(snapshot, principal).Name);
        var resource = new JsonObject
        {
            ["schemas"] = new JsonArray(Schema.Id),
            ["id"] = ScimId.OfGroup(group.Id),
        };
        Put(resource, "externalId", group.ExternalId);
        resource["displayName"] = name;
        if (group.Members.Count > 0)
        {
            resource[Members] = new JsonArray([.. group.Members.Select(one => Describe(snapshot, one.Principal))]);
        }

        resource["meta"] = Meta(snapshot, principal, group.CreatedAt, group.ChangedAt);
        return resource;
    }

    /// <inheritdoc/>
    public override bool IsOfFile(ScimSnapshot snapshot, string principal) => Of(snapshot, principal).IsOfFile;

    /// <inheritdoc/>
    public override ScimChange Add(ScimSnapshot snapshot, JsonObject resource)
    {
        var id = ScimValues.TextOf(resource, "displayName");
        ThrowUnlessFree(snapshot, id, "displayName");
        var group = Read(snapshot, new AccountGroup(id), resource);
        return new ScimChange(new GroupSaved(group), Principal.Group(id), "group add by scim");
    }

    /// <inheritdoc/>
    public override ScimChange? Change(ScimSnapshot snapshot, string principal, JsonObject resource)
    {
        var known = Of(snapshot, principal).Group;
        var group = Read(snapshot, known, resource);
        return group with { Members = known.Members } == known with { Name = Of(snapshot, principal).Name }
            && group.Members.SequenceEqual(known.Members)
                ? null
                : new ScimChange(new GroupSaved(group), principal, "group change by scim");
    }

    /// <inheritdoc/>
    public override ScimChange Remove(string principal) =>
        new(new GroupRemoved(IdOf(principal)), principal, "group remove by scim");

    private static JsonObject Describe(ScimSnapshot snapshot, string member)
    {
        var described = new JsonObject
        {
            ["value"] = ScimId.Of(member),
            ["$ref"] = snapshot.AddressOf(member),
            ["type"] = ScimSnapshot.IsUser(member) ? "User" : "Group",
        };
        Put(described, "display", snapshot.NameOf(member));
        return described;
    }

    // Nobody leaves a group by what is left out: only a list of members, be it empty, says who belongs to it.
    private static AccountGroup Read(ScimSnapshot snapshot, AccountGroup known, JsonObject resource)
    {
        var name = ScimValues.TextOf(resource, "displayName");
        return known with
        {
            Name = name.Length > 0 ? name : throw ScimFaultException.Value("'displayName' is missing."),
            ExternalId = ScimValues.TextOf(resource, "externalId"),
            Members = resource[Members] is JsonArray members ? Read(snapshot, known, members) : known.Members,
        };
    }

    // Who stays a member keeps the end of the membership that an operator gave it.
    private static GroupMember[] Read(ScimSnapshot snapshot, AccountGroup known, JsonArray members)
    {
        var ends = known.Members.ToDictionary(member => member.Principal, StringComparer.Ordinal);
        var read = members.OfType<JsonObject>()
            .Select(member => member["value"]?.GetValue<string>() ?? "")
            .Distinct(StringComparer.Ordinal)
            .Select(id => ScimId.ToPrincipal(id) is { } principal
                && (ends.ContainsKey(principal) || snapshot.Knows(principal))
                    ? ends.GetValueOrDefault(principal) ?? new GroupMember(principal)
                    : throw ScimFaultException.Value("A member is no id of a user or a group here."))
            .OrderBy(member => member.Principal, StringComparer.Ordinal)
            .ToArray();
        return read.Length <= ScimLimits.MemberCountMax
            ? read
            : throw ScimFaultException.Value($"A group has {ScimLimits.MemberCountMax} members at most.");
    }

    private ScimGroup Of(ScimSnapshot snapshot, string principal) => snapshot.Groups[IdOf(principal)];
}

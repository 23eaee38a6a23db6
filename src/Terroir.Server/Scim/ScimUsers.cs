using System.Text.Json.Nodes;
using Terroir.Access;
using Terroir.Storage;

namespace Terroir.Server.Scim;

/// <summary>Users: the accounts of the store, and those of <c>directory.yaml</c> to be read.</summary>
internal sealed class ScimUsers : ScimResourceType
{
    /// <summary>The one there is.</summary>
    public static ScimUsers Type { get; } = new();

    /// <inheritdoc/>
    public override ScimSchema Schema => ScimSchemas.User;

    /// <inheritdoc/>
    public override string Endpoint => "Users";

    /// <inheritdoc/>
    public override bool IsSentBack => true;

    /// <inheritdoc/>
    protected override string Prefix => "user:";

    /// <inheritdoc/>
    public override IReadOnlyList<string> List(ScimSnapshot snapshot) =>
        [.. snapshot.Users.Keys.Select(Principal.User).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public override JsonObject Render(ScimSnapshot snapshot, string principal)
    {
        var account = Of(snapshot, principal).Account;
        var resource = new JsonObject
        {
            ["schemas"] = new JsonArray(Schema.Id),
            ["id"] = ScimId.OfUser(account.Id),
        };
        Put(resource, "externalId", account.ExternalId);
        resource["userName"] = account.Id;
        if (account.Name.Length > 0)
        {
            resource["name"] = new JsonObject { ["formatted"] = account.Name };
            resource["displayName"] = account.Name;
        }

        Put(resource, "title", account.Title);
        resource["active"] = account.IsActive;
        if (snapshot.GroupsOf(account.Id).Select(pair => Describe(snapshot, pair.Group, pair.IsDirect)).ToArray()
            is { Length: > 0 } groups)
        {
            resource["groups"] = new JsonArray([.. groups]);
        }

        resource["meta"] = Meta(snapshot, principal, account.CreatedAt, account.ChangedAt);
        return resource;
    }

    /// <inheritdoc/>
    public override bool IsOfFile(ScimSnapshot snapshot, string principal) => Of(snapshot, principal).IsOfFile;

    /// <inheritdoc/>
    public override ScimChange Add(ScimSnapshot snapshot, JsonObject resource)
    {
        var id = resource["userName"]?.GetValue<string>() ?? "";
        ThrowUnlessFree(snapshot, id, "userName");
        var account = Read(new Account(id) { Origin = Account.FromScim }, resource);
        return new ScimChange(new AccountAdded(account), Principal.User(id), "user add by scim");
    }

    /// <inheritdoc/>
    public override ScimChange? Change(ScimSnapshot snapshot, string principal, JsonObject resource)
    {
        var known = Of(snapshot, principal).Account;
        if (resource["userName"]?.GetValue<string>() is { } name
            && !string.Equals(name, known.Id, StringComparison.Ordinal))
        {
            throw ScimFaultException.Mutability("'userName' never changes.");
        }

        var account = Read(known, resource);
        var verb = (known.IsActive, account.IsActive) switch
        {
            (true, false) => "disable",
            (false, true) => "enable",
            _ => "change",
        };
        return account == known
            ? null
            : new ScimChange(new AccountChanged(account), principal, $"user {verb} by scim");
    }

    /// <inheritdoc/>
    /// <remarks>There are two names for one value: the one that was changed counts, and of two displayName.</remarks>
    public override void Settle(JsonObject before, JsonObject after)
    {
        if (!JsonNode.DeepEquals(before["displayName"], after["displayName"]))
        {
            after.Remove("name");
        }
        else if (after["name"]?["formatted"] is { } name)
        {
            after["displayName"] = name.DeepClone();
        }
        else
        {
            after.Remove("displayName");
        }
    }

    /// <inheritdoc/>
    public override ScimChange Remove(string principal) =>
        new(new AccountRemoved(IdOf(principal)), principal, "user remove by scim");

    private static JsonObject Describe(ScimSnapshot snapshot, ScimGroup group, bool isDirect) => new()
    {
        ["value"] = ScimId.OfGroup(group.Group.Id),
        ["$ref"] = snapshot.AddressOf(Principal.Group(group.Group.Id)),
        ["display"] = group.Name,
        ["type"] = isDirect ? "direct" : "indirect",
    };

    // Where nothing says whether they may enter, it stays as it is: nobody is let in again by what is left out.
    private static Account Read(Account known, JsonObject resource) => known with
    {
        Name = ReadName(resource),
        Title = ScimValues.TextOf(resource, "title"),
        ExternalId = ScimValues.TextOf(resource, "externalId"),
        IsActive = resource["active"]?.GetValue<bool>() ?? known.IsActive,
    };

    private static string ReadName(JsonObject resource) =>
        ScimValues.TextOf(resource, "displayName") is { Length: > 0 } name ? name
            : resource["name"] is JsonObject parts ? ScimValues.TextOf(parts, "formatted")
            : "";

    private ScimUser Of(ScimSnapshot snapshot, string principal) => snapshot.Users[IdOf(principal)];
}

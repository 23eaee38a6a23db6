using System.Globalization;
using System.Text.Json.Nodes;
using Terroir.Access;
using Terroir.Storage;

namespace Terroir.Server.Scim;

/// <summary>How resources of one type are shown and changed.</summary>
internal abstract class ScimResourceType
{
    /// <summary>What its resources have.</summary>
    public abstract ScimSchema Schema { get; }

    /// <summary>The last part of its address, such as <c>Users</c>.</summary>
    public abstract string Endpoint { get; }

    /// <summary>Whether a changed resource is sent back although nobody asks for its attributes.</summary>
    public abstract bool IsSentBack { get; }

    /// <summary>The principals of all resources, in ordinal order.</summary>
    public abstract IReadOnlyList<string> List(ScimSnapshot snapshot);

    /// <summary>Shows a resource.</summary>
    /// <param name="snapshot">Who there is.</param>
    /// <param name="principal">One that is there.</param>
    public abstract JsonObject Render(ScimSnapshot snapshot, string principal);

    /// <summary>Whether the resource is defined in <c>directory.yaml</c>.</summary>
    public abstract bool IsOfFile(ScimSnapshot snapshot, string principal);

    /// <summary>Decides on a new resource.</summary>
    /// <param name="snapshot">Who there is.</param>
    /// <param name="resource">What it shall be, in the form of the schema.</param>
    /// <exception cref="ScimFaultException">It cannot be.</exception>
    public abstract ScimChange Add(ScimSnapshot snapshot, JsonObject resource);

    /// <summary>Decides on a resource that shall be other.</summary>
    /// <param name="snapshot">Who there is.</param>
    /// <param name="principal">One that is there, and not of the file.</param>
    /// <param name="resource">What it shall be, in the form of the schema.</param>
    /// <returns>The change; <see langword="null"/> if it is so already.</returns>
    /// <exception cref="ScimFaultException">It cannot be.</exception>
    public abstract ScimChange? Change(ScimSnapshot snapshot, string principal, JsonObject resource);

    /// <summary>Brings the parts of a patched resource together that stand for the same.</summary>
    /// <param name="before">The resource as it was.</param>
    /// <param name="after">The resource as it was patched.</param>
    public virtual void Settle(JsonObject before, JsonObject after)
    {
    }

    /// <summary>Decides on a resource that shall be gone.</summary>
    public abstract ScimChange Remove(string principal);

    /// <summary>Finds the principal of a resource of this type.</summary>
    /// <exception cref="ScimFaultException">There is none.</exception>
    public string Find(ScimSnapshot snapshot, string id) =>
        ScimId.ToPrincipal(id) is { } principal && principal.StartsWith(Prefix, StringComparison.Ordinal)
            && snapshot.Knows(principal)
                ? principal
                : throw ScimFaultException.NotFound();

    /// <summary>What the principals of this type begin with.</summary>
    protected abstract string Prefix { get; }

    /// <summary>The id of a principal of this type.</summary>
    protected string IdOf(string principal) => principal[Prefix.Length..];

    /// <summary>Refuses an id that cannot be one, or that somebody has, be it with other capitals.</summary>
    protected void ThrowUnlessFree(ScimSnapshot snapshot, string id, string attribute)
    {
        if (!Principal.IsId(id))
        {
            throw ScimFaultException.Value(
                $"'{attribute}' has 1 to {Principal.IdLengthMax} characters, none of them ':', ',' or '&'.");
        }

        var principal = Prefix + id;
        if (List(snapshot).Contains(principal, StringComparer.OrdinalIgnoreCase))
        {
            throw ScimFaultException.Uniqueness($"There is a {Schema.Name.ToLowerInvariant()} of that name already.");
        }
    }

    /// <summary>Puts an attribute that has a text.</summary>
    protected static void Put(JsonObject resource, string name, string text)
    {
        if (text.Length > 0)
        {
            resource[name] = text;
        }
    }

    /// <summary>What every resource ends with.</summary>
    protected JsonObject Meta(ScimSnapshot snapshot, string principal, DateTimeOffset created, DateTimeOffset changed)
    {
        var meta = new JsonObject { ["resourceType"] = Schema.Name };
        if (created != default)
        {
            meta["created"] = Write(created);
            meta["lastModified"] = Write(changed);
        }

        meta["location"] = snapshot.AddressOf(principal);
        return meta;
    }

    private static string Write(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>What SCIM decided to change.</summary>
/// <param name="Change">The change of the store.</param>
/// <param name="Subject">Whom it is about, for the ledger.</param>
/// <param name="Detail">What happens, for the ledger.</param>
internal sealed record ScimChange(IdentityChange Change, string Subject, string Detail);

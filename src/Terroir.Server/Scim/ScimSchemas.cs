namespace Terroir.Server.Scim;

/// <summary>The two types of resources; RFC 7643, section 4.</summary>
internal static class ScimSchemas
{
    private const string Core = "urn:ietf:params:scim:schemas:core:2.0";
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    /// <summary>Users.</summary>
    public static ScimSchema User { get; } = new(
        $"{Core}:User",
        "User",
        "A user of the site. There is no attribute for a password, and one that is sent is refused: passwords are set "
            + "at the site, or kept by the identity provider.",
        [
            new("userName", ScimType.Text, "The user's id. It never changes; 1 to 128 characters, none of them : , &.")
            {
                IsRequired = true,
                IsUnique = true,
                Mutability = ScimMutability.Immutable,
            },
            new("name", ScimType.Complex, "The name.")
            {
                Parts = [new("formatted", ScimType.Text, "The name that is shown: the same as displayName.")],
            },
            new("displayName", ScimType.Text, "The name that is shown."),
            new("title", ScimType.Text, "The function that is shown."),
            new("active", ScimType.Truth, "Whether they may enter: if not, sessions and keys end at once."),
            new("groups", ScimType.Complex, "The groups, also through other groups.")
            {
                IsMany = true,
                Mutability = ScimMutability.ReadOnly,
                Parts =
                [
                    new("value", ScimType.Text, "The id.") { IsCaseExact = true },
                    new("$ref", ScimType.Reference, "Where it is.") { IsCaseExact = true, Targets = ["Group"] },
                    new("display", ScimType.Text, "The name."),
                    new("type", ScimType.Text, "'direct', or 'indirect' through another group."),
                ],
            },
        ],
        new HashSet<string>(
            [
                "nickName", "profileUrl", "userType", "preferredLanguage", "locale", "timezone", "emails",
                "phoneNumbers", "ims", "photos", "addresses", "entitlements", "roles", "x509Certificates",
                "name.familyName", "name.givenName", "name.middleName", "name.honorificPrefix",
                "name.honorificSuffix",
            ],
            StringComparer.OrdinalIgnoreCase),
        [Enterprise]);

    /// <summary>Groups.</summary>
    public static ScimSchema Group { get; } = new(
        $"{Core}:Group",
        "Group",
        "A group of the site. The name that it is made with is its id, which permissions name; it keeps the id when "
            + "its name changes.",
        [
            new("displayName", ScimType.Text, "The name that is shown.") { IsRequired = true },
            new("members", ScimType.Complex, "Who belongs to it: users, and groups.")
            {
                IsMany = true,
                Parts =
                [
                    new("value", ScimType.Text, "The id.")
                    {
                        IsCaseExact = true,
                        Mutability = ScimMutability.Immutable,
                    },
                    new("$ref", ScimType.Reference, "Where they are.")
                    {
                        IsCaseExact = true,
                        Mutability = ScimMutability.Immutable,
                        Targets = ["User", "Group"],
                    },
                    new("display", ScimType.Text, "The name.") { Mutability = ScimMutability.ReadOnly },
                    new("type", ScimType.Text, "'User' or 'Group'.") { Mutability = ScimMutability.Immutable },
                ],
            },
        ],
        new HashSet<string>(StringComparer.OrdinalIgnoreCase),
        []);

    /// <summary>Both.</summary>
    public static IReadOnlyList<ScimSchema> All { get; } = [User, Group];
}

using System.Text.Json.Nodes;
using Terroir.Server.Scim;

namespace Terroir.Server.Tests.Scim;

/// <summary>Operations of RFC 7644, section 3.5.2, and what clients send besides.</summary>
public sealed class ScimPatchTests
{
    private const string Group = """
        {"id":"group:g","displayName":"G","members":[{"value":"user:a","type":"User"},{"value":"user:b","type":"User"}]}
        """;

    private const string User = """
        {"id":"user:u","userName":"u","displayName":"U","name":{"formatted":"U"},"active":true}
        """;

    [Theory]
    [InlineData("""{"op":"add","path":"members","value":[{"value":"user:c"}]}""", "a b c")]
    [InlineData("""{"op":"Add","path":"members","value":[{"value":"user:a"}]}""", "a b")]
    [InlineData("""{"op":"add","path":"members","value":{"value":"user:c"}}""", "a b c")]
    [InlineData("""{"op":"add","value":{"members":[{"value":"user:c"}]}}""", "a b c")]
    [InlineData("""{"op":"replace","path":"members","value":[{"value":"user:c"}]}""", "c")]
    [InlineData("""{"op":"replace","path":"members","value":[]}""", "")]
    [InlineData("""{"op":"remove","path":"members"}""", "")]
    [InlineData("""{"op":"remove","path":"members[value eq \"user:a\"]"}""", "b")]
    [InlineData("""{"op":"remove","path":"members[value eq \"user:c\"]"}""", "a b")]
    [InlineData("""{"op":"Remove","path":"members","value":[{"value":"user:b"}]}""", "a")]
    [InlineData("""{"op":"Remove","path":"members","value":[]}""", "a b")]
    [InlineData("""{"op":"replace","path":"members[value eq \"user:a\"]","value":{"value":"user:c"}}""", "b c")]
    [InlineData("""{"op":"remove","path":"members[type eq \"User\" and not (value ew \"a\")]"}""", "a")]
    public void Members_are_added_replaced_and_removed(string operation, string members)
    {
        var patched = Apply(ScimSchemas.Group, Group, operation);

        Assert.Equal(
            members,
            string.Join(
                ' ',
                patched["members"]!.AsArray().Select(item => item!["value"]!.ToString()["user:".Length..])));
    }

    [Theory]
    [InlineData("""{"op":"Replace","path":"active","value":"False"}""", "active", "false")]
    [InlineData("""{"op":"replace","path":"active","value":false}""", "active", "false")]
    [InlineData("""{"op":"replace","value":{"active":false}}""", "active", "false")]
    [InlineData("""{"op":"add","path":"title","value":"T"}""", "title", "\"T\"")]
    [InlineData("""{"op":"replace","value":{"name.formatted":"V"}}""", "name", """{"formatted":"V"}""")]
    [InlineData(
        """{"op":"add","path":"name","value":{"formatted":"V","givenName":"W"}}""",
        "name",
        """{"formatted":"V"}""")]
    [InlineData("""{"op":"remove","path":"name.formatted"}""", "name", "{}")]
    [InlineData("""{"op":"remove","path":"displayName"}""", "displayName", "null")]
    [InlineData("""{"op":"replace","value":{"id":"user:u","userName":"u"}}""", "userName", "\"u\"")]
    [InlineData("""{"op":"add","path":"emails[type eq \"work\"].value","value":"a@b.fr"}""", "emails", "null")]
    [InlineData(
        """{"op":"add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department","value":"x"}""",
        "active",
        "true")]
    public void Attributes_are_set_and_removed_and_what_is_not_kept_is_passed_over(
        string operation,
        string attribute,
        string value)
    {
        var patched = Apply(ScimSchemas.User, User, operation);

        Assert.Equal(value, patched[attribute]?.ToJsonString() ?? "null");
    }

    [Theory]
    [InlineData("""{"op":"replace","path":"userName","value":"v"}""", "mutability")]
    [InlineData("""{"op":"remove","path":"userName"}""", "mutability")]
    [InlineData("""{"op":"replace","path":"id","value":"v"}""", "mutability")]
    [InlineData("""{"op":"add","path":"groups","value":[{"value":"group:g"}]}""", "mutability")]
    [InlineData("""{"op":"replace","path":"meta.created","value":"2026-01-01"}""", "mutability")]
    [InlineData("""{"op":"replace","path":"password","value":"v"}""", "invalidValue")]
    [InlineData("""{"op":"replace","value":{"password":"v"}}""", "invalidValue")]
    [InlineData("""{"op":"replace","path":"active","value":"perhaps"}""", "invalidValue")]
    [InlineData("""{"op":"replace","path":"displayName","value":{"a":1}}""", "invalidValue")]
    [InlineData("""{"op":"replace","value":"x"}""", "invalidValue")]
    [InlineData("""{"op":"replace","path":"nobody","value":"x"}""", "invalidPath")]
    [InlineData("""{"op":"replace","path":7,"value":"x"}""", "invalidPath")]
    [InlineData("""{"op":"remove"}""", "noTarget")]
    [InlineData("""{"op":"move","path":"title"}""", "invalidSyntax")]
    [InlineData("7", "invalidSyntax")]
    public void What_cannot_be_is_refused(string operation, string kind) => Assert.Equal(
        kind,
        Assert.Throws<ScimFaultException>(() => Apply(ScimSchemas.User, User, operation)).Kind);

    [Theory]
    [InlineData("""{"op":"replace","path":"members[value eq \"user:c\"]","value":{"value":"user:d"}}""", "noTarget")]
    [InlineData("""{"op":"replace","path":"members[value eq \"user:a\"].value","value":"user:d"}""", "mutability")]
    [InlineData("""{"op":"remove","path":"displayName"}""", "invalidValue")]
    [InlineData("""{"op":"add","path":"members","value":["user:c"]}""", "invalidValue")]
    public void What_cannot_be_of_a_group_is_refused(string operation, string kind) => Assert.Equal(
        kind,
        Assert.Throws<ScimFaultException>(() => Apply(ScimSchemas.Group, Group, operation)).Kind);

    [Fact]
    public void Operations_are_bounded_and_a_fault_changes_nothing()
    {
        var resource = JsonNode.Parse(User)!.AsObject();
        var many = string.Join(
            ',',
            Enumerable.Repeat("""{"op":"remove","path":"title"}""", ScimLimits.OperationCountMax + 1));
        string[] bodies =
        [
            "{}", """{"Operations":[]}""", $$"""{"Operations":[{{many}}]}""",
            """{"Operations":[{"op":"replace","path":"active","value":false},{"op":"remove","path":"userName"}]}""",
        ];

        Assert.All(bodies, body => Assert.Throws<ScimFaultException>(
            () => ScimPatch.Apply(ScimSchemas.User, resource, JsonNode.Parse(body)!.AsObject())));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(User), resource));
    }

    private static JsonObject Apply(ScimSchema schema, string resource, string operation) => ScimPatch.Apply(
        schema,
        JsonNode.Parse(resource)!.AsObject(),
        JsonNode.Parse($$"""{"Operations":[{{operation}}]}""")!.AsObject());
}

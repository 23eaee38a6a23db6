using System.Text.Json.Nodes;
using Terroir.Server.Scim;

namespace Terroir.Server.Tests.Scim;

/// <summary>Which resources meet a filter.</summary>
public sealed class FilterMatcherTests
{
    private static readonly JsonObject Anna = JsonNode.Parse("""
        {
          "id": "user:Anna", "userName": "Anna", "displayName": "Anna Béranger", "active": true,
          "name": { "formatted": "Anna Béranger" },
          "groups": [
            { "value": "group:soins", "display": "Soins", "type": "direct" },
            { "value": "group:tous", "display": "Tous", "type": "indirect" }
          ],
          "meta": { "created": "2026-11-27T08:00:00.000Z" }
        }
        """)!.AsObject();

    [Theory]
    [InlineData("userName eq \"anna\"", true)]
    [InlineData("id eq \"user:anna\"", false)]
    [InlineData("id eq \"user:Anna\"", true)]
    [InlineData("displayName co \"BÉR\"", true)]
    [InlineData("displayName sw \"Béranger\"", false)]
    [InlineData("name.formatted ew \"ger\"", true)]
    [InlineData("userName ne \"anna\"", false)]
    [InlineData("userName gt \"a\" and userName lt \"b\"", true)]
    [InlineData("active eq true", true)]
    [InlineData("active eq \"False\"", false)]
    [InlineData("active ne false", true)]
    [InlineData("title pr", false)]
    [InlineData("title eq null", true)]
    [InlineData("title ne \"x\"", true)]
    [InlineData("title eq \"x\"", false)]
    [InlineData("not (title pr)", true)]
    [InlineData("emails[type eq \"work\"].value eq \"a@b.fr\"", false)]
    [InlineData("emails.value eq \"a@b.fr\"", false)]
    [InlineData("groups eq \"group:tous\"", true)]
    [InlineData("groups.display co \"oin\"", true)]
    [InlineData("groups[value eq \"group:soins\" and type eq \"direct\"]", true)]
    [InlineData("groups[value eq \"group:soins\" and type eq \"indirect\"]", false)]
    [InlineData("groups[type eq \"indirect\"].value eq \"group:tous\"", true)]
    [InlineData("groups pr", true)]
    [InlineData("meta.created ge \"2026-11-27T09:00:00+01:00\"", true)]
    [InlineData("meta.created gt \"2026-11-27T08:00:00Z\"", false)]
    [InlineData("title pr or userName eq \"ANNA\" and active eq true", true)]
    [InlineData("(title pr or userName eq \"ANNA\") and active eq false", false)]
    public void A_filter_holds_or_does_not(string filter, bool expected) =>
        Assert.Equal(expected, FilterMatcher.Matches(FilterParser.Parse(filter, ScimSchemas.User), Anna));
}

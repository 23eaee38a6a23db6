using Terroir.Server.Scim;

namespace Terroir.Server.Tests.Scim;

/// <summary>The grammar of RFC 7644, section 3.4.2.2.</summary>
public sealed class FilterParserTests
{
    private const int Rounds = 4_000;

    private static readonly string[] Names =
        ["userName", "displayName", "name.formatted", "active", "meta.lastModified", "emails", "groups", "externalId"];

    private static readonly string[] Pieces =
    [
        "userName", "emails", "groups", "meta.created", "eq", "NE", "co", "pr", "and", "or", "not", "(", ")", "[", "]",
        ".", "value", "type", "\"a\"", "\"\\u00e9\"", "\"\\", "\"", "true", "null", "1e3", "-", " ", "\ud83d", "\0",
        "é", "urn:ietf:params:scim:schemas:core:2.0:User:", ":", "$ref", "2011-05-13T04:42:34Z", "password",
    ];

    [Theory]
    [InlineData("userName eq \"bjensen\"")]
    [InlineData("name.formatted co \"O'Malley\"")]
    [InlineData("meta.lastModified gt \"2011-05-13T04:42:34Z\"")]
    [InlineData("title pr and active eq true")]
    [InlineData("title pr or active eq false")]
    [InlineData("externalId ne null")]
    [InlineData("displayName sw \"A\" and (title ew \"b\" or not (active eq true))")]
    [InlineData("emails[type eq \"work\" and value co \"@example.com\"]")]
    [InlineData("groups[value eq \"group:urgences\"] or groups[type eq \"direct\"]")]
    [InlineData("displayName ge \"a \\\" \\\\ b\"")]
    public void A_filter_of_the_standard_is_read_and_written_back(string text) =>
        Assert.Equal(text, FilterParser.Parse(text, ScimSchemas.User).ToString());

    [Theory]
    [InlineData("USERNAME EQ \"x\"", "userName eq \"x\"")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"J\"", "userName sw \"J\"")]
    [InlineData("  title   pr  ", "title pr")]
    [InlineData("emails[type eq \"work\"].value eq \"x\"", "emails[type eq \"work\" and value eq \"x\"]")]
    [InlineData("title pr or title pr and active eq true", "title pr or title pr and active eq true")]
    [InlineData("((title pr))", "title pr")]
    [InlineData("active eq \"True\"", "active eq \"True\"")]
    [InlineData("displayName eq \"\\u00e9\\/\"", "displayName eq \"é/\"")]
    public void What_clients_write_otherwise_means_the_same(string text, string same) =>
        Assert.Equal(same, FilterParser.Parse(text, ScimSchemas.User).ToString());

    [Fact]
    public void Or_binds_less_than_and()
    {
        var filter = FilterParser.Parse("title pr or title pr and active eq true", ScimSchemas.User);

        Assert.IsType<FilterAnd>(Assert.IsType<FilterOr>(filter).Right);
    }

    [Theory]
    [InlineData("")]
    [InlineData("userName")]
    [InlineData("userName is \"x\"")]
    [InlineData("userName eq")]
    [InlineData("userName eq x")]
    [InlineData("userName eq \"x")]
    [InlineData("userName eq \"\\x\"")]
    [InlineData("userName eq \"x\" and")]
    [InlineData("userName eq \"x\" title pr")]
    [InlineData("(userName eq \"x\"")]
    [InlineData("not userName eq \"x\"")]
    [InlineData("userNam eq \"x\"")]
    [InlineData("name.first eq \"x\"")]
    [InlineData("title[value eq \"x\"]")]
    [InlineData("groups[value eq \"x\"")]
    [InlineData("userName eq 1")]
    [InlineData("active gt true")]
    [InlineData("active eq \"maybe\"")]
    [InlineData("title gt null")]
    [InlineData("name eq \"x\"")]
    [InlineData("meta.created lt \"yesterday\"")]
    [InlineData("members eq \"x\"")]
    public void What_is_no_filter_is_refused(string text)
    {
        var fault = Assert.Throws<ScimFaultException>(() => FilterParser.Parse(text, ScimSchemas.User));

        Assert.Equal((400, "invalidFilter"), (fault.Status, fault.Kind));
    }

    [Fact]
    public void Length_and_depth_are_bounded()
    {
        var longest = "title pr" + new string(' ', ScimLimits.FilterLengthMax - "title pr".Length);
        var deepest = Nest(ScimLimits.FilterDepthMax);

        Assert.IsType<FilterPresence>(FilterParser.Parse(longest, ScimSchemas.User));
        Assert.IsType<FilterPresence>(FilterParser.Parse(deepest, ScimSchemas.User));
        Assert.Throws<ScimFaultException>(() => FilterParser.Parse(longest + " ", ScimSchemas.User));
        Assert.Throws<ScimFaultException>(
            () => FilterParser.Parse(Nest(ScimLimits.FilterDepthMax + 1), ScimSchemas.User));
    }

    [Fact]
    public void A_filter_that_is_written_is_read_as_the_same_filter()
    {
        var random = new Random(7_644);
        for (var round = 0; round < Rounds; round++)
        {
            var filter = Draw(random, depth: 4);

            Assert.Equal(filter, FilterParser.Parse(filter.ToString(), ScimSchemas.User));
        }
    }

    [Fact]
    public void Any_text_is_a_filter_or_a_fault_and_a_filter_is_written_back_as_itself()
    {
        var random = new Random(7_643);
        var read = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var text = Spoil(random, Draw(random, depth: 2).ToString());
            if (TryParse(text) is { } filter)
            {
                read++;
                Assert.Equal(filter, FilterParser.Parse(filter.ToString(), ScimSchemas.User));
            }
        }

        Assert.InRange(read, Rounds / 20, Rounds * 19 / 20);
    }

    [Theory]
    [InlineData("members", "members", null, null)]
    [InlineData("members[value eq \"user:anna\"]", "members", "value eq \"user:anna\"", null)]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:Group:displayName", "displayName", null, null)]
    [InlineData("members[value eq \"user:anna\"].display", "members", "value eq \"user:anna\"", "display")]
    public void A_path_names_an_attribute_its_values_and_their_part(
        string text,
        string attribute,
        string? filter,
        string? part)
    {
        var path = FilterParser.ParsePath(text, ScimSchemas.Group);

        Assert.Equal(
            (attribute, filter, part),
            (path.Attribute.Attribute?.Name, path.Filter?.ToString(), path.Part?.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("membres")]
    [InlineData("members[")]
    [InlineData("members[value eq \"x\"] and")]
    [InlineData("members[value eq \"x\"].")]
    [InlineData("displayName[value eq \"x\"]")]
    public void What_is_no_path_is_refused(string text) => Assert.Equal(
        "invalidPath",
        Assert.Throws<ScimFaultException>(() => FilterParser.ParsePath(text, ScimSchemas.Group)).Kind);

    private static string Nest(int depth) => new string('(', depth) + "title pr" + new string(')', depth);

    // Puts pieces of filters into one, over what stands there, or takes some of it out.
    private static string Spoil(Random random, string text)
    {
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var start = random.Next(text.Length + 1);
            var end = Math.Min(text.Length, start + random.Next(6));
            text = text[..start] + (random.Next(2) == 0 ? Pieces[random.Next(Pieces.Length)] : "") + text[end..];
        }

        return text;
    }

    private static ScimFilter? TryParse(string text)
    {
        try
        {
            return FilterParser.Parse(text, ScimSchemas.User);
        }
        catch (ScimFaultException)
        {
            return null;
        }
    }

    private static ScimFilter Draw(Random random, int depth) => random.Next(depth == 0 ? 2 : 6) switch
    {
        0 => new FilterPresence(PathOf(Names[random.Next(Names.Length)])),
        1 => DrawComparison(random),
        2 => new FilterAnd(Draw(random, depth - 1), Draw(random, depth - 1)),
        3 => new FilterOr(Draw(random, depth - 1), Draw(random, depth - 1)),
        4 => new FilterNot(Draw(random, depth - 1)),
        _ => new FilterValue(
            PathOf("groups"),
            new FilterComparison(
                ScimSchema.Inside(PathOf("groups").Attribute, "value", ScimFaultException.Filter),
                FilterOperator.Equal,
                DrawText(random))),
    };

    private static FilterComparison DrawComparison(Random random) => random.Next(3) switch
    {
        0 => new FilterComparison(PathOf("active"), FilterOperator.Equal, random.Next(2) == 0),
        1 => new FilterComparison(PathOf("emails"), FilterOperator.Greater, random.Next(-9, 9) / 4.0),
        _ => new FilterComparison(PathOf("displayName"), (FilterOperator)random.Next(9), DrawText(random)),
    };

    private static string DrawText(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => "a\"\\é/\n' ]"[random.Next(9)]));

    private static AttributePath PathOf(string name) => ScimSchemas.User.Resolve(name, ScimFaultException.Filter);
}

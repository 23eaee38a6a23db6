using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Terroir.Web;

namespace Terroir.Server.Tests.Web;

/// <summary>The rules of accessible pages that can be read from their text; a browser's tool checks the rest.</summary>
public sealed partial class AccessibilityTests
{
    // Text and what it stands on, by the names of the stylesheet; 4.5:1 is the least (WCAG 2.1, 1.4.3).
    private static readonly (string Text, string Ground)[] Pairs =
    [
        ("ink", "paper"), ("ink", "card"), ("soft", "paper"), ("soft", "card"), ("accent", "paper"),
        ("accent", "card"), ("accent-ink", "accent"), ("alert", "paper"), ("alert", "card"), ("mark-ink", "mark"),
        ("grade-ink", "grade-a"), ("grade-ink", "grade-b"), ("grade-ink", "grade-c"), ("grade-ink", "grade-d"),
        ("grade-ink", "grade-e"),
    ];

    private static readonly Dictionary<string, string?> Emergency = new(StringComparer.Ordinal)
    {
        ["Terroir:Emergency:0:Group"] = "bris-de-glace",
        ["Terroir:Emergency:0:OpenTo"] = "soins",
        ["Terroir:Emergency:0:Minutes"] = "60",
    };

    public static TheoryData<string, bool> Pages => new()
    {
        { "/", true },
        { "/?as=anna&question=O%C3%B9+se+retire+le+badge+provisoire+%3F", true },
        { "/?as=anna&question=Combien+co%C3%BBte+Aurore+%3F", true },
        { "/?question=Combien+%3F", true },
        { "/search", true },
        { "/search?as=anna&q=badge&type=markdown&from=2020-01-01", true },
        { "/search?as=anna&q=bagde", true },
        { "/search?as=anna&q=badge&from=hier", true },
        { "/search?lang=en&as=anna&q=badge", true },
        { "/search", false },
        { "/sources", true },
        { "/sources?as=anna", true },
        { "/quality", true },
        { "/conversations", true },
        { "/conversations?as=anna", true },
        { "/conversations/none?as=anna", true },
        { "/emergency-access", true },
        { "/emergency-access?as=anna", true },
        { "/emergency-access?as=olga", true },
        { "/emergency-access", false },
        { "open emergency", true },
        { "/nowhere", true },
        { "/", false },
        { "document", true },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_tells_its_language_title_parts_and_fields(string path, bool isDemo)
    {
        await using var server = await TestServer.StartAsync(isDemo, Emergency);

        using var page = await ParseAsync(server, path);

        Assert.Matches("^(fr|en)$", page.DocumentElement.GetAttribute("lang"));
        Assert.EndsWith(" – Terroir", page.Title, StringComparison.Ordinal);
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.Single(page.QuerySelectorAll("main"));
        Assert.Equal("#content", page.QuerySelector("body > :first-child")?.GetAttribute("href"));
        Assert.NotNull(page.GetElementById("content"));
        Assert.Empty(page.QuerySelectorAll("script, style, iframe, object, [style], [onclick], [autofocus]"));
        Assert.All(
            page.QuerySelectorAll("a, button"),
            item => Assert.False(string.IsNullOrWhiteSpace(item.TextContent)));
        Assert.All(page.QuerySelectorAll("th"), cell => Assert.True(cell.HasAttribute("scope")));
        Assert.All(Fields(page), field => Assert.NotNull(page.QuerySelector($"label[for='{field.Id}']")));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_parts_of_a_page_are_named_once_and_in_order(string path, bool isDemo)
    {
        await using var server = await TestServer.StartAsync(isDemo, Emergency);

        using var page = await ParseAsync(server, path);
        var ids = page.QuerySelectorAll("[id]").Select(item => item.Id!).ToArray();
        var references = page.QuerySelectorAll("[aria-describedby], [aria-labelledby]")
            .SelectMany(item => $"{item.GetAttribute("aria-describedby")} {item.GetAttribute("aria-labelledby")}"
                .Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var anchors = page.QuerySelectorAll("a[href^='#']").Select(link => link.GetAttribute("href")![1..]);
        var levels = page.QuerySelectorAll("h1, h2, h3, h4, h5, h6").Select(heading => heading.LocalName[1] - '0')
            .ToArray();

        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.Subset(ids.ToHashSet(StringComparer.Ordinal), references.ToHashSet(StringComparer.Ordinal));
        Assert.Subset(ids.ToHashSet(StringComparer.Ordinal), anchors.ToHashSet(StringComparer.Ordinal));
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
    }

    [Fact]
    public void Text_stands_out_from_its_ground_in_both_schemes()
    {
        var schemes = Scheme().Matches(Encoding.UTF8.GetString(ConsoleAssets.Stylesheet))
            .Select(scheme => Colour().Matches(scheme.Groups["body"].Value).ToDictionary(
                colour => colour.Groups["name"].Value,
                colour => Luminance(colour.Groups["value"].Value),
                StringComparer.Ordinal))
            .Take(2)
            .ToArray();

        Assert.Equal(2, schemes.Length);
        Assert.All(schemes, scheme => Assert.All(
            Pairs,
            pair => Assert.True(Contrast(scheme[pair.Text], scheme[pair.Ground]) >= 4.5, $"{pair}")));
    }

    private static IEnumerable<IElement> Fields(IParentNode page) =>
        page.QuerySelectorAll("input:not([type=hidden]), select, textarea");

    private static double Contrast(double one, double other) =>
        (Math.Max(one, other) + 0.05) / (Math.Min(one, other) + 0.05);

    /// <summary>The relative luminance of a colour such as <c>7a2e1f</c>, as WCAG defines it.</summary>
    private static double Luminance(string colour)
    {
        var channels = Convert.FromHexString(colour).Select(value => value / 255.0)
            .Select(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4))
            .ToArray();
        return (0.2126 * channels[0]) + (0.7152 * channels[1]) + (0.0722 * channels[2]);
    }

    private static async Task<IDocument> ParseAsync(TestServer server, string path) =>
        await new HtmlParser().ParseDocumentAsync(
            await ReadAsync(server, path),
            TestContext.Current.CancellationToken);

    private static async Task<string> ReadAsync(TestServer server, string path)
    {
        if (path is "document")
        {
            using var search = await server.GetAsync("/api/search?q=badge");
            var hit = (await TestServer.ReadJsonAsync(search)).GetProperty("hits")[0];
            path = string.Create(
                CultureInfo.InvariantCulture,
                $"/documents/{hit.GetProperty("document").GetString()}?as=anna&start=10&end=20");
        }

        if (path is "open emergency")
        {
            using var form = new FormUrlEncodedContent(
                [new("group", "bris-de-glace"), new("reason", "arrêt cardiaque")]);
            using var opened = await server.Client.PostAsync(
                new Uri("/emergency-access?as=anna", UriKind.Relative),
                form,
                TestContext.Current.CancellationToken);
            path = opened.Headers.Location!.OriginalString;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Accept.ParseAdd("text/html");
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await TestServer.ReadTextAsync(response);
    }

    [GeneratedRegex(@":root \{(?<body>[^}]*)\}", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"--(?<name>[a-z-]+): #(?<value>[0-9a-f]{6});", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Colour();
}

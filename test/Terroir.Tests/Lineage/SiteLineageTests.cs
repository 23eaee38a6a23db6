using System.Text;
using System.Text.Json;
using Terroir.Audit;
using Terroir.Ingestion;
using Terroir.Lineage;

namespace Terroir.Tests.Lineage;

/// <summary>Trees of real documents and real answers.</summary>
public sealed class SiteLineageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_leads_to_its_source_its_versions_and_the_answers_that_cite_them()
    {
        await using var made = await LineageSite.CreateAsync();
        var first = await made.AskAsync();
        made.Write("Le dossier est conservé pendant trente ans.");
        await made.Site.SyncAsync();
        var second = await made.AskAsync("paul");

        var root = (await made.Lineage.OfDocumentAsync(await made.DocumentAsync(), asker: null, Stop))!;

        Assert.Equal("dossier.md", Fact(root, "path"));
        Assert.Equal("source", Child(root, LineageKind.Source).Id);
        var versions = root.Children.Where(node => node.Kind == LineageKind.Version).ToList();
        Assert.Equal(["live", "former"], versions.Select(version => Fact(version, "state")), StringComparer.Ordinal);
        Assert.Equal(second.Citations[0].Version.Hex, versions[0].Id);
        Assert.Equal(second.Receipt.Hex, Child(versions[0], LineageKind.Answer).Id);
        Assert.Equal("user:paul", Fact(Child(versions[0], LineageKind.Answer), "asker"));
        Assert.Equal(second.Generations[0].Manifest.Hex, Child(versions[0], LineageKind.Generation).Id);
        Assert.Equal(first.Receipt.Hex, Child(versions[1], LineageKind.Answer).Id);
        Assert.Equal(first.Generations[0].Manifest.Hex, Child(versions[1], LineageKind.Generation).Id);
    }

    [Fact]
    public async Task An_answer_leads_to_its_bytes_its_document_its_generation_and_its_proof()
    {
        await using var made = await LineageSite.CreateAsync();
        var answer = await made.AskAsync();
        await made.Ledger.FlushAsync(Stop);

        var root = (await made.Lineage.OfAnswerAsync(answer.Receipt, asker: null, Stop))!;

        var citation = Assert.Single(answer.Citations);
        var passage = Child(root, LineageKind.Passage);
        Assert.Equal($"{citation.Start}", Fact(passage, "start"));
        var version = Child(passage, LineageKind.Version);
        Assert.Equal((citation.Version.Hex, "live"), (version.Id, Fact(version, "state")));
        var document = Child(version, LineageKind.Document);
        Assert.Equal((citation.Document.Value, "dossier.md"), (document.Id, Fact(document, "path")));
        Assert.Equal("source", Child(document, LineageKind.Source).Id);
        Assert.Equal("1", Fact(Child(root, LineageKind.Generation), "generation"));
        Assert.Equal("allow", Fact(Child(root, LineageKind.Decision), "outcome"));
        Assert.Equal("extractive", Child(root, LineageKind.Model).Id);
        Assert.Equal("3", Child(Child(root, LineageKind.Entry), LineageKind.Checkpoint).Id);
    }

    [Fact]
    public async Task An_asker_sees_the_live_version_and_their_own_answers_and_nothing_else()
    {
        await using var made = await LineageSite.CreateAsync();
        await made.AskAsync("paul");
        made.Write("Le dossier est conservé pendant trente ans.");
        await made.Site.SyncAsync();
        await made.AskAsync("paul");
        var own = await made.AskAsync("anne");

        var root = (await made.Lineage.OfDocumentAsync(await made.DocumentAsync(), LineageSite.Anne, Stop))!;

        var version = Child(root, LineageKind.Version);
        Assert.Equal(own.Receipt.Hex, Child(version, LineageKind.Answer).Id);
        Assert.DoesNotContain(
            All(root).SelectMany(node => node.Facts),
            fact => fact.Name is "asker" or "entry" or "location" or "quality");
        Assert.DoesNotContain(All(root), node => node.Kind is LineageKind.Entry or LineageKind.Segment
            or LineageKind.Generation);
    }

    [Fact]
    public async Task An_asker_sees_neither_the_answers_of_others_nor_documents_they_may_not_read()
    {
        await using var made = await LineageSite.CreateAsync();
        made.Write("Le dossier secret est conservé pendant cent ans.", "secret/plan.md", "\"user:paul\"");
        await made.Site.SyncAsync();
        var theirs = await made.AskAsync("paul");

        var secret = await made.DocumentAsync("secret/plan.md");
        Assert.Null(await made.Lineage.OfDocumentAsync(secret, LineageSite.Anne, Stop));
        Assert.Null(await made.Lineage.OfAnswerAsync(theirs.Receipt, LineageSite.Anne, Stop));
        Assert.NotNull(await made.Lineage.OfDocumentAsync(secret, asker: null, Stop));
    }

    [Fact]
    public async Task What_an_asker_sees_is_the_same_with_and_without_a_document_they_may_not_read()
    {
        await using var without = await LineageSite.CreateAsync();
        await using var with = await LineageSite.CreateAsync();
        with.Write("Le dossier est conservé pendant cent ans.", "secret/plan.md", "\"user:paul\"");
        await with.Site.SyncAsync();
        await with.AskAsync("paul");

        Assert.Equal(await ReadAsync(without), await ReadAsync(with), StringComparer.Ordinal);

        static async Task<string> ReadAsync(LineageSite made)
        {
            var root = await made.Lineage.OfDocumentAsync(await made.DocumentAsync(), LineageSite.Anne, Stop);
            var ingestedAt = Fact(Child(root!, LineageKind.Version), "ingestedAt")!;
            return JsonSerializer.Serialize(root).Replace(ingestedAt, "T", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_document_that_an_asker_may_not_read_any_more_looks_as_one_that_is_gone()
    {
        await using var made = await LineageSite.CreateAsync();
        var answer = await made.AskAsync();
        made.Write("Le dossier est conservé pendant vingt ans.", readers: "\"user:paul\"");
        await made.Site.SyncAsync();
        var forbidden = await ReadAsync();
        File.Delete(Path.Combine(made.Site.Source.Path, "dossier.md"));
        made.Site.Source.Write("other.md", "# Autre");
        await made.Site.SyncAsync(new SyncOptions { AcceptLoss = true });

        Assert.Equal(forbidden, await ReadAsync(), StringComparer.Ordinal);
        Assert.Contains("unavailable", forbidden, StringComparison.Ordinal);

        async Task<string> ReadAsync() => JsonSerializer.Serialize(
            await made.Lineage.OfAnswerAsync(answer.Receipt, LineageSite.Anne, Stop));
    }

    [Fact]
    public async Task Answers_that_cite_a_document_are_found_also_those_before_the_index_and_after_a_rebuild()
    {
        await using var made = await LineageSite.CreateAsync();
        var document = await made.DocumentAsync();
        await made.AskAsync();
        var first = await made.Lineage.FindAnswersAsync(document, Stop);
        await made.AskAsync("paul");
        var both = await made.Lineage.FindAnswersAsync(document, Stop);

        await made.Ledger.FlushAsync(Stop);
        await made.Site.LoseMetastoreAsync();
        await new LedgerMaintenance(made.Site.Metastore, made.Site.Objects, made.Identity).RebuildAsync(Stop);
        await made.Site.Maintenance.RebuildAsync(Stop);

        Assert.Equal([2], first);
        Assert.Equal([2, 3], both);
        Assert.Equal(both, await made.Lineage.FindAnswersAsync(document, Stop));
    }

    [Fact]
    public async Task A_damaged_index_is_built_again()
    {
        await using var made = await LineageSite.CreateAsync();
        var document = await made.DocumentAsync();
        await made.AskAsync();
        var before = await made.Lineage.FindAnswersAsync(document, Stop);
        var file = Path.Combine(made.Site.Data.Path, "derived", "citations");
        var bytes = await File.ReadAllBytesAsync(file, Stop);
        for (var at = 0; at < bytes.Length; at += 7)
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= 1;
            await File.WriteAllBytesAsync(file, damaged, Stop);
            Assert.Equal(before, await made.Lineage.FindAnswersAsync(document, Stop));
        }
    }

    [Fact]
    public async Task Provenance_is_written_in_terms_of_others_and_names_nobody()
    {
        await using var made = await LineageSite.CreateAsync();
        var answer = await made.AskAsync();
        await made.Ledger.FlushAsync(Stop);
        var root = (await made.Lineage.OfAnswerAsync(answer.Receipt, asker: null, Stop))!;

        var json = ProvDocument.Write("test", root);
        var graph = JsonSerializer.Deserialize<JsonElement>(json).GetProperty("@graph").EnumerateArray()
            .ToDictionary(node => node.GetProperty("@id").GetString()!, StringComparer.Ordinal);

        // Every name that is linked to is described, once, with a type of PROV.
        var links = graph.Values.SelectMany(node => node.EnumerateObject())
            .Where(member => member.Value.ValueKind == JsonValueKind.Array && member.Name is not "@type")
            .SelectMany(member => member.Value.EnumerateArray())
            .Select(link => link.GetProperty("@id").GetString()!)
            .ToList();
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(graph.ContainsKey(link), link));
        Assert.All(graph.Values, node => Assert.Contains(
            node.GetProperty("@type").EnumerateArray(),
            type => type.GetString()!.StartsWith("prov:", StringComparison.Ordinal)));
        var text = Encoding.UTF8.GetString(json);
        Assert.All(
            (string[])["anne", "dossier", made.Site.Source.Path],
            word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));

        var name = $"https://terroir.example/site/test/answer/{answer.Receipt.Hex}";
        var activity = Link(graph[name], "prov:wasGeneratedBy");
        Assert.Equal($"https://terroir.example/site/test/answering/{answer.Receipt.Hex}", activity);
        Assert.Contains(
            graph[activity].GetProperty("prov:used").EnumerateArray(),
            used => used.GetProperty("@id").ValueEquals(Link(graph[name], "prov:wasDerivedFrom")));
        var version = Link(graph[Link(graph[name], "prov:wasDerivedFrom")], "prov:wasQuotedFrom");
        Assert.EndsWith(answer.Citations[0].Version.Hex, version, StringComparison.Ordinal);
        Assert.EndsWith(
            answer.Citations[0].Document.Value,
            Link(graph[version], "prov:specializationOf"),
            StringComparison.Ordinal);
    }

    private static string Link(JsonElement node, string term) =>
        node.GetProperty(term)[0].GetProperty("@id").GetString()!;

    private static string? Fact(LineageNode node, string name) =>
        node.Facts.SingleOrDefault(fact => string.Equals(fact.Name, name, StringComparison.Ordinal))?.Value;

    private static LineageNode Child(LineageNode node, LineageKind kind) =>
        Assert.Single(node.Children, child => child.Kind == kind);

    private static IEnumerable<LineageNode> All(LineageNode node) => node.Children.SelectMany(All).Prepend(node);
}

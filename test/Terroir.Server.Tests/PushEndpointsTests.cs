using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Catalog;
using Terroir.Storage;

namespace Terroir.Server.Tests;

/// <summary>Documents that a program puts over HTTP.</summary>
public sealed class PushEndpointsTests : IAsyncLifetime
{
    private const string PushKey = "key-of-the-program";
    private const string Everyone = """{"allow":["everyone"],"label":"interne","title":"Le parking"}""";

    private TestServer _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(prepare: site => File.AppendAllText(
            site.DirectoryFile,
            $"\n  - hash: {SiteDirectory.HashKey(PushKey)}\n    principal: anna\n    push: [dossiers, autres]\n"));
        foreach (var name in new[] { "dossiers", "prive" })
        {
            await SaveAsync(new SourceRecord
            {
                Id = name,
                Collection = new CollectionId(Site.DefaultCollection),
                Kind = "push",
                Location = "push",
                Permissions = "source",
            });
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_document_can_be_found_when_the_reply_comes()
    {
        using var response = await PutAsync("dossier-17", "Le parking ouvre à sept heures.");
        var reply = await TestServer.ReadJsonAsync(response);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("indexed", reply.GetProperty("status").GetString());
        Assert.Equal(64, reply.GetProperty("sha256").GetString()!.Length);
        var hit = Assert.Single((await SearchAsync("parking")).EnumerateArray());
        Assert.Equal("Le parking", hit.GetProperty("title").GetString());
        using var read = await _server.GetAsync($"/api/documents/{reply.GetProperty("documents")[0].GetString()}");
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Fact]
    public async Task The_same_again_changes_nothing_and_another_content_replaces()
    {
        (await PutAsync("a", "Le parking ouvre à sept heures.")).Dispose();
        var generation = await GenerationAsync();

        using var same = await PutAsync("a", "Le parking ouvre à sept heures.");
        var after = await GenerationAsync();
        using var other = await PutAsync("a", "Le parking ouvre à neuf heures.");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (same.StatusCode, other.StatusCode));
        Assert.True((await TestServer.ReadJsonAsync(same)).GetProperty("isUnchanged").GetBoolean());
        Assert.Equal(generation, after);
        Assert.Contains(
            "neuf",
            Assert.Single((await SearchAsync("parking")).EnumerateArray()).GetProperty("text").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revocation_holds_when_the_reply_comes()
    {
        (await PutAsync("a", "Le parking ouvre à sept heures.")).Dispose();

        using var response = await PutAsync(
            "a",
            "Le parking ouvre à sept heures.",
            """{"allow":["everyone"],"deny":["user:anna"],"label":"interne","title":"Le parking"}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty((await SearchAsync("parking")).EnumerateArray());
    }

    [Fact]
    public async Task A_deleted_document_answers_no_more()
    {
        (await PutAsync("a", "Le parking ouvre à sept heures.")).Dispose();

        using var deleted = await SendAsync(HttpMethod.Delete, "/api/documents/a?source=dossiers");
        using var again = await SendAsync(HttpMethod.Delete, "/api/documents/a?source=dossiers");
        using var status = await SendAsync(HttpMethod.Get, "/api/documents/a/status?source=dossiers");

        Assert.Equal(
            (HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.NotFound),
            (deleted.StatusCode, again.StatusCode, status.StatusCode));
        Assert.Empty((await SearchAsync("parking")).EnumerateArray());
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_truly()
    {
        using var response = await PutAsync("a", "PK\u0003\u0004 this is no archive", fileName: "a.docx");
        var problem = await TestServer.ReadJsonAsync(response);
        using var status = await SendAsync(HttpMethod.Get, "/api/documents/a/status?source=dossiers");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.StartsWith(
            "The document is not indexed.",
            problem.GetProperty("detail").GetString(),
            StringComparison.Ordinal);
        Assert.Equal("fileDamaged", problem.GetProperty("remarks")[0].GetProperty("code").GetString());
        Assert.Equal("quarantined", (await TestServer.ReadJsonAsync(status)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Who_may_not_and_what_is_misspelt_is_refused()
    {
        (string Id, string? Source, string Key, HttpStatusCode Status)[] cases =
        [
            ("a", "dossiers", TestServer.AnnaKey, HttpStatusCode.Forbidden),
            ("a", "prive", PushKey, HttpStatusCode.Forbidden),
            ("a", "source", PushKey, HttpStatusCode.Forbidden),
            ("a", "absente", PushKey, HttpStatusCode.Forbidden),
            ("a", null, PushKey, HttpStatusCode.BadRequest),
            ("a", "dossiers", "no-key", HttpStatusCode.Unauthorized),
            ("a%20b", "dossiers", PushKey, HttpStatusCode.BadRequest),
            ("permissions.yaml", "dossiers", PushKey, HttpStatusCode.BadRequest),
        ];
        foreach (var (id, source, key, status) in cases)
        {
            using var response = await PutAsync(id, "Le parking.", Everyone, source: source, key: key);

            Assert.Equal((id, source, status), (id, source, response.StatusCode));
            Assert.NotEmpty((await TestServer.ReadJsonAsync(response)).GetProperty("detail").GetString()!);
        }

        Assert.Empty((await SearchAsync("parking")).EnumerateArray());
    }

    [Fact]
    public async Task Metadata_that_cannot_be_understood_is_refused()
    {
        (string Metadata, string Word)[] cases =
        [
            ("{}", "'allow'"),
            ("""{"allow":["tous"]}""", "'allow'"),
            ("""{"allow":["everyone"],"denny":[]}""", "JSON"),
            ("""{"allow":["everyone"],"label":"a\nb"}""", "'label'"),
            ("""{"allow":"everyone"}""", "JSON"),
            ("[]", "JSON"),
        ];
        foreach (var (metadata, word) in cases)
        {
            using var response = await PutAsync("a", "Le parking.", metadata);

            Assert.Equal((metadata, HttpStatusCode.BadRequest), (metadata, response.StatusCode));
            Assert.Contains(
                word,
                (await TestServer.ReadJsonAsync(response)).GetProperty("detail").GetString(),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_body_that_is_no_form_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/documents/a?source=dossiers")
        {
            Content = new StringContent("Le parking.", Encoding.UTF8, "text/plain"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", PushKey);

        using var response = await _server.Client.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task A_document_that_is_too_large_is_refused()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Everyone), "metadata" },
            { new ByteArrayContent(new byte[(64 << 20) + 1]), "file", "a.bin" },
        };

        using var response = await SendAsync(HttpMethod.Put, "/api/documents/a?source=dossiers", form);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task After_a_loss_of_the_memory_what_was_put_is_still_replaced_and_deleted()
    {
        (await PutAsync("a", "Le parking ouvre à sept heures.")).Dispose();
        var sources = _server.Services.GetRequiredService<IMetastore>().Sources;
        var items = await sources.ListItemsAsync("dossiers", Stop);
        await sources.RemoveItemsAsync([.. items.Select(item => item.Key)], Stop);
        var source = (await sources.ListSourcesAsync(Stop)).Single(item => item.Id is "dossiers");
        await SaveAsync(source with { Cursor = null });

        using var deleted = await SendAsync(HttpMethod.Delete, "/api/documents/a?source=dossiers");

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Empty((await SearchAsync("parking")).EnumerateArray());
    }

    private Task SaveAsync(SourceRecord source) =>
        _server.Services.GetRequiredService<IMetastore>().Sources.SaveSourceAsync(source, Stop);

    private async Task<long> GenerationAsync() =>
        (await _server.Services.GetRequiredService<ICatalog>().ListHeadsAsync(Stop))
            .Single(head => head.Collection.Value is Site.DefaultCollection).Generation;

    private async Task<JsonElement> SearchAsync(string query)
    {
        using var response = await _server.PostAsync("/api/search", new { query });
        return (await TestServer.ReadJsonAsync(response)).GetProperty("hits");
    }

    private async Task<HttpResponseMessage> PutAsync(
        string id,
        string text,
        string metadata = Everyone,
        string fileName = "note.md",
        string? source = "dossiers",
        string key = PushKey)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(metadata), "metadata" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", fileName },
        };
        return await SendAsync(
            HttpMethod.Put,
            $"/api/documents/{id}{(source is null ? "" : $"?source={source}")}",
            form,
            key);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? content = null,
        string key = PushKey)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.ExpectContinue = content is not null;
        return await _server.Client.SendAsync(request, Stop);
    }
}

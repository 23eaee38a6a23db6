using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Terroir.Acceptance.Tests;

/// <summary>A site as people use it: with files of theirs, by verbs, and served over HTTP.</summary>
internal sealed class UsedSite : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terroir-test-");
    private ServedSite? _served;
    private HttpClient? _client;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The folder of the site.</summary>
    public string Root => In("site");

    /// <summary>The requests that its server takes; none keeps cookies or follows redirects.</summary>
    private HttpClient Client => _client ?? throw new InvalidOperationException("The site is not served.");

    /// <summary>A path beside the site.</summary>
    public string In(params string[] names) => Path.Combine([_folder.FullName, .. names]);

    /// <summary>Makes the site, with the files that <see cref="WriteAsync"/> put below <c>files</c>.</summary>
    /// <param name="settings">What its settings say beside those of a new site.</param>
    /// <param name="directory">Its users and groups.</param>
    public async Task FillAsync(string settings, string directory)
    {
        await RunAsync("init");
        await File.AppendAllTextAsync(In("site", "terroir.yaml"), settings, Stop);
        await WriteAsync(In("site", "directory.yaml"), directory);
        await RunAsync("source", "add", "dossiers", In("files"));
        await RunAsync("sync");
    }

    /// <summary>Writes a file.</summary>
    public static async Task WriteAsync(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text, Stop);
    }

    /// <summary>Serves the site until the end.</summary>
    public async Task ServeAsync()
    {
        _served = await ServedSite.StartAsync(Root);
        _client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = _served.Address,
        };
    }

    /// <summary>Runs a verb that must be done, and gives what it prints.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var (exit, output, error) = await TryAsync(arguments);
        Assert.True(exit == 0, $"terroir {string.Join(' ', arguments)}: {exit} {error}{output}");
        return output;
    }

    /// <summary>Runs a verb that must be done, and gives the object that it prints.</summary>
    public async Task<JsonElement> ReadAsync(params string[] arguments)
    {
        using var json = JsonDocument.Parse(await RunAsync([.. arguments, "--json"]));
        return json.RootElement.Clone();
    }

    /// <summary>Runs a verb that may be refused.</summary>
    public Task<(int Exit, string Output, string Error)> TryAsync(params string[] arguments) =>
        TerroirCommand.RunAsync(
            arguments.Contains("--data", StringComparer.Ordinal) ? arguments : [.. arguments, "--data", Root]);

    /// <summary>Sends a request as whoever has an API key.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string key, object? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Content = body is null ? null : JsonContent.Create(body);
        return await Client.SendAsync(request, Stop);
    }

    /// <summary>Gets a page of the console as whoever has a cookie.</summary>
    public async Task<HttpResponseMessage> OpenAsync(string path, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        return await Client.SendAsync(request, Stop);
    }

    /// <summary>Sends the form of the sign-in page.</summary>
    public async Task<HttpResponseMessage> SignInAsync(string user, string password)
    {
        using var form = new FormUrlEncodedContent(
        [
            KeyValuePair.Create("user", user),
            KeyValuePair.Create("password", password),
            KeyValuePair.Create("next", "/"),
        ]);
        return await Client.PostAsync(new Uri("/sign-in", UriKind.Relative), form, Stop);
    }

    /// <summary>Reads the object of a response, which must be a success.</summary>
    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(Stop);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {text}");
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client?.Dispose();
        _served?.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}

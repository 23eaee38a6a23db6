using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Server.Callers;
using Terroir.Storage;

namespace Terroir.Server.Tests;

/// <summary>The console with a name and a password, and what ends a session.</summary>
public sealed class PasswordSignInTests : IAsyncLifetime
{
    private const string Password = "quatre chevaux verts";

    private TestServer _server = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IIdentityStore Store => _server.Services.GetRequiredService<IIdentityStore>();

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        await _server.Services.GetRequiredService<Accounts>().SetPasswordAsync("anna", Password, Stop);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_name_and_its_password_open_the_console_and_no_password_is_kept()
    {
        using var response = await SignInAsync("anna", Password);
        using var page = await GetAsync("/?question=badge", CookieOf(response));

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Contains("<strong>Anna</strong>", await TestServer.ReadTextAsync(page), StringComparison.Ordinal);
        Assert.StartsWith("$argon2id$v=19$m=65536,t=3,p=1$", Kept(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_name_a_wrong_password_and_a_user_who_is_barred_get_the_same_answer()
    {
        await Store.SaveAccountAsync(new Account("olga") { Origin = Account.FromDirectory, IsActive = false }, Stop);
        await _server.Services.GetRequiredService<Accounts>().SetPasswordAsync("olga", Password, Stop);

        using var unknown = await SignInAsync("nobody", Password);
        using var wrong = await SignInAsync("anna", "another password");
        using var without = await SignInAsync("olga", Password);
        var expected = await TestServer.ReadTextAsync(unknown);

        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.False(unknown.Headers.Contains("Set-Cookie"));
        Assert.Equal(
            (HttpStatusCode.Unauthorized, expected),
            (wrong.StatusCode, await TestServer.ReadTextAsync(wrong)));
        Assert.Equal(
            (HttpStatusCode.Unauthorized, expected),
            (without.StatusCode, await TestServer.ReadTextAsync(without)));
    }

    [Theory]
    [InlineData("anna")]
    [InlineData("nobody")]
    public async Task After_too_many_failures_also_the_right_password_waits(string user)
    {
        for (var attempt = 0; attempt < SignInLimits.PerAccountMax; attempt++)
        {
            using var wrong = await SignInAsync(user, "another password");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var response = await SignInAsync(user, Password);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_new_password_ends_the_session() => await EndsAsync(() =>
        _server.Services.GetRequiredService<Accounts>().SetPasswordAsync("anna", "un autre mot de passe", Stop));

    [Fact]
    public async Task Revoking_sessions_ends_the_session() => await EndsAsync(
        () => Store.EndSessionsAsync("anna", Stop));

    [Fact]
    public async Task Keeping_a_user_barred_ends_the_session_and_their_keys()
    {
        await EndsAsync(() => Store.SaveAccountAsync(
            new Account("anna") { Origin = Account.FromDirectory, IsActive = false },
            Stop));
        using var byKey = await _server.GetAsync("/api/search?q=badge");

        Assert.Equal(HttpStatusCode.Unauthorized, byKey.StatusCode);
    }

    [Fact]
    public async Task A_user_who_is_let_in_again_has_no_session_of_before()
    {
        using var response = await SignInAsync("anna", Password);
        var barred = new Account("anna") { Origin = Account.FromDirectory, IsActive = false };

        await Store.SaveAccountAsync(barred, Stop);
        await Store.SaveAccountAsync(barred with { IsActive = true }, Stop);
        using var page = await GetAsync("/", CookieOf(response));

        Assert.Equal(HttpStatusCode.Unauthorized, page.StatusCode);
    }

    [Fact]
    public async Task Leaving_ends_the_session_also_for_who_kept_the_cookie()
    {
        using var response = await SignInAsync("anna", Password);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/sign-out", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Cookie", CookieOf(response));

        using var left = await _server.Client.SendAsync(request, Stop);
        using var page = await GetAsync("/", CookieOf(response));

        Assert.Equal(HttpStatusCode.SeeOther, left.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, page.StatusCode);
    }

    private async Task EndsAsync(Func<Task> end)
    {
        using var response = await SignInAsync("anna", Password);
        using var before = await GetAsync("/", CookieOf(response));

        await end();
        using var after = await GetAsync("/", CookieOf(response));

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    private string? Kept() => Store.FindCredential("anna", IIdentityStore.PasswordKind);

    private static string CookieOf(HttpResponseMessage response) =>
        response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

    private async Task<HttpResponseMessage> SignInAsync(string user, string password)
    {
        using var form = new FormUrlEncodedContent(
        [
            KeyValuePair.Create("user", user),
            KeyValuePair.Create("password", password),
            KeyValuePair.Create("next", "/"),
        ]);
        return await _server.Client.PostAsync(new Uri("/sign-in", UriKind.Relative), form, Stop);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        return await _server.Client.SendAsync(request, Stop);
    }
}

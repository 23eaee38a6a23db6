using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using Terroir.Storage;

namespace Terroir.Server.Tests.Oidc;

/// <summary>Access tokens of an identity provider at the API: which count, for what, and which do not.</summary>
public sealed class BearerTokenTests : IAsyncLifetime
{
    private const string Search = "/api/search?q=badge";

    private OidcSite _site = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await OidcSite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_token_for_this_site_opens_what_its_user_may_read_and_changes_nothing()
    {
        var token = _site.Provider.Forge(TestProvider.Audience);

        using var search = await _site.Server.GetAsync(Search, token);
        using var push = await _site.Server.SendAsync(
            HttpMethod.Delete, "/api/documents/source%2Fbadges.md", body: null, token);
        using var status = await _site.Server.GetAsync("/api/status", token);

        Assert.Equal(HttpStatusCode.OK, search.StatusCode);
        Assert.NotEqual(0, (await TestServer.ReadJsonAsync(search)).GetProperty("hits").GetArrayLength());
        Assert.Equal(HttpStatusCode.Forbidden, push.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, status.StatusCode);
    }

    [Fact]
    public async Task A_mapped_group_counts_for_the_token_that_names_it_alone()
    {
        _site.Provider.Groups = ["/Qualité"];
        var with = _site.Provider.Forge(TestProvider.Audience);
        _site.Provider.Groups = [];
        var without = _site.Provider.Forge(TestProvider.Audience);

        using var steward = await _site.Server.GetAsync("/api/quality", with);
        using var other = await _site.Server.GetAsync("/api/quality", without);

        Assert.Equal(HttpStatusCode.OK, steward.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
    }

    [Theory]
    [InlineData("iss", "http://127.0.0.1:1/")]
    [InlineData("aud", TestProvider.ClientId)]
    [InlineData("aud", "another-api")]
    [InlineData("exp", null)]
    [InlineData("sub", null)]
    [InlineData("preferred_username", null)]
    [InlineData("preferred_username", "nobody")]
    public async Task A_token_with_another_claim_opens_nothing(string claim, string? value)
    {
        var token = _site.Provider.Forge(TestProvider.Audience, claims =>
        {
            claims.Remove(claim);
            if (value is not null)
            {
                claims[claim] = value;
            }
        });

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(token));
    }

    [Fact]
    public async Task A_token_that_has_ended_or_not_begun_opens_nothing()
    {
        var now = TimeProvider.System.GetUtcNow();
        var ended = _site.Provider.Forge(
            TestProvider.Audience, claims => claims["exp"] = now.AddMinutes(-2).ToUnixTimeSeconds());
        var early = _site.Provider.Forge(
            TestProvider.Audience, claims => claims["nbf"] = now.AddMinutes(3).ToUnixTimeSeconds());

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(ended));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(early));
    }

    [Fact]
    public async Task A_token_that_another_key_or_no_key_signed_opens_nothing()
    {
        using var rsa = RSA.Create(2048);
        var stranger = new SigningCredentials(new RsaSecurityKey(rsa) { KeyId = "test" }, SecurityAlgorithms.RsaSha256);
        var shared = new SigningCredentials(
            new SymmetricSecurityKey(Encoding.UTF8.GetBytes(new string('k', 64))) { KeyId = "test" },
            SecurityAlgorithms.HmacSha256);
        var good = _site.Provider.Forge(TestProvider.Audience);
        var header = new JsonObject { ["alg"] = "none", ["typ"] = "at+jwt" };
        var unsigned = $"{Base64UrlEncoder.Encode(header.ToJsonString())}.{good.Split('.')[1]}.";

        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await StatusOfAsync(_site.Provider.Forge(TestProvider.Audience, signing: stranger)));
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await StatusOfAsync(_site.Provider.Forge(TestProvider.Audience, signing: shared)));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(unsigned));
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await StatusOfAsync(_site.Provider.Forge(TestProvider.Audience, type: "logout+jwt")));
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(good));
    }

    [Fact]
    public async Task A_user_who_is_barred_loses_their_tokens_at_the_next_request()
    {
        var token = _site.Provider.Forge(TestProvider.Audience);
        var before = await StatusOfAsync(token);

        await _site.Store.SaveAccountAsync(
            new Account("anna") { Origin = Account.FromDirectory, IsActive = false }, Stop);

        Assert.Equal(HttpStatusCode.OK, before);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(token));
    }

    [Fact]
    public async Task Without_an_audience_no_token_counts()
    {
        await using var site = await OidcSite.StartAsync(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Terroir:Oidc:Audience"] = "",
        });

        using var response = await site.Server.GetAsync(Search, site.Provider.Forge(TestProvider.Audience));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task An_account_is_made_where_the_settings_say_so()
    {
        await using var site = await OidcSite.StartAsync(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Terroir:Oidc:CreateAccounts"] = "true",
        });
        site.Provider.User = "zoe";

        using var response = await site.Server.GetAsync(Search, site.Provider.Forge(TestProvider.Audience));
        var account = site.Store.Read().Accounts.Single(account => account.Id is "zoe");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Account.FromProvider, account.Origin);
    }

    private async Task<HttpStatusCode> StatusOfAsync(string token)
    {
        using var response = await _site.Server.GetAsync(Search, token);
        return response.StatusCode;
    }
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using Terroir.Audit;
using Terroir.Provenance.Events;
using Terroir.Storage;

namespace Terroir.Server.Tests.Oidc;

/// <summary>The console with an identity provider: who enters, as what, and what is refused.</summary>
public sealed class OidcSignInTests : IAsyncLifetime
{
    private OidcSite _site = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await OidcSite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_person_of_the_provider_enters_and_goes_where_they_wanted()
    {
        using var response = await _site.SignInAsync("/?question=badge");
        using var page = await _site.GetAsync("/?question=badge", OidcSite.SessionOf(response));

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("/?question=badge", response.Headers.Location!.ToString());
        Assert.Contains("<strong>Anna</strong>", await TestServer.ReadTextAsync(page), StringComparison.Ordinal);
        Assert.Equal("oidc", Assert.Single(_site.Store.ListSessions()).Method);
    }

    [Fact]
    public async Task The_page_offers_the_provider_by_its_name_in_both_languages()
    {
        using var french = await _site.GetAsync("/sign-in", cookie: null);
        using var english = await _site.GetAsync("/sign-in?lang=en", cookie: null);

        Assert.Contains("Entrer avec Annuaire", await TestServer.ReadTextAsync(french), StringComparison.Ordinal);
        Assert.Contains("Enter with Annuaire", await TestServer.ReadTextAsync(english), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_request_to_the_provider_and_the_sign_in_are_in_the_ledger()
    {
        using var response = await _site.SignInAsync();
        await _site.Server.Services.GetRequiredService<EventLog>().WriteNotedAsync(Stop);

        var sent = await FindAsync(EventKinds.Sent);
        var authority = _site.Provider.Authority;
        Assert.Contains(sent, text => text.StartsWith(
            $"{authority}/.well-known/openid-configuration\nsent 0\n", StringComparison.Ordinal));
        Assert.Contains(sent, text => text.StartsWith($"{authority}/token\nsent ", StringComparison.Ordinal));
        Assert.Contains("console by oidc", await FindAsync(EventKinds.SignedIn), StringComparer.Ordinal);
        Assert.DoesNotContain(sent, text => text.Contains(TestProvider.Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mapped_group_gives_its_role_until_the_next_token_and_another_group_gives_nothing()
    {
        _site.Provider.Groups = ["/Qualité", "operators"];
        using var first = await _site.SignInAsync();
        _site.Provider.Groups = [];
        using var second = await _site.SignInAsync();

        using var quality = await _site.GetAsync("/quality", OidcSite.SessionOf(first));
        using var sources = await _site.GetAsync("/sources", OidcSite.SessionOf(first));
        using var later = await _site.GetAsync("/quality", OidcSite.SessionOf(second));

        Assert.Equal(HttpStatusCode.OK, quality.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, sources.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, later.StatusCode);
    }

    [Fact]
    public async Task Revoking_sessions_ends_this_one_too()
    {
        using var response = await _site.SignInAsync();
        var ended = await _site.Store.EndSessionsAsync("anna", Stop);
        using var page = await _site.GetAsync("/", OidcSite.SessionOf(response));

        Assert.Equal(1, ended);
        Assert.Equal(HttpStatusCode.Unauthorized, page.StatusCode);
    }

    [Fact]
    public async Task Somebody_else_who_gets_the_name_later_is_not_that_user()
    {
        using var first = await _site.SignInAsync();
        _site.Provider.Subject = "0002";
        using var second = await _site.SignInAsync();

        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        AssertRefused(second, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Whom_nobody_knows_here_is_refused_and_gets_no_account()
    {
        _site.Provider.User = "zoe";
        using var response = await _site.SignInAsync();

        AssertRefused(response, HttpStatusCode.Forbidden);
        Assert.DoesNotContain(_site.Store.Read().Accounts, account => account.Id is "zoe");
    }

    [Fact]
    public async Task Who_is_barred_here_is_refused()
    {
        await _site.Store.SaveAccountAsync(
            new Account("anna") { Origin = Account.FromDirectory, IsActive = false }, Stop);
        using var response = await _site.SignInAsync();

        AssertRefused(response, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_state_that_is_another_is_refused()
    {
        var (address, cookie) = await _site.GoAsync();
        var other = QueryHelpers.AddQueryString("/sign-in/oidc/return", new Dictionary<string, string?>(
            StringComparer.Ordinal)
        {
            ["code"] = QueryHelpers.ParseQuery(address.Query)["code"],
            ["state"] = "another",
        });
        using var wrong = await _site.GetAsync(other, cookie);
        using var without = await _site.GetAsync(address.PathAndQuery, cookie: null);

        AssertRefused(wrong, HttpStatusCode.Unauthorized);
        AssertRefused(without, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_answer_for_one_browser_does_not_sign_another_in()
    {
        var (address, _) = await _site.GoAsync();
        var (_, cookie) = await _site.GoAsync();
        using var response = await _site.GetAsync(address.PathAndQuery, cookie);

        AssertRefused(response, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_code_counts_once()
    {
        var (address, cookie) = await _site.GoAsync();
        using var first = await _site.GetAsync(address.PathAndQuery, cookie);
        using var again = await _site.GetAsync(address.PathAndQuery, cookie);

        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        AssertRefused(again, HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("iss", "http://127.0.0.1:1/")]
    [InlineData("aud", "another-site")]
    [InlineData("nonce", "another")]
    [InlineData("azp", "another-site")]
    [InlineData("sub", null)]
    [InlineData("exp", null)]
    [InlineData("preferred_username", "a:b")]
    public async Task A_token_with_another_claim_signs_nobody_in(string claim, string? value)
    {
        _site.Provider.Tamper = Reforge(claims =>
        {
            claims.Remove(claim);
            if (value is not null)
            {
                claims[claim] = value;
            }
        });
        using var response = await _site.SignInAsync();

        AssertRefused(response, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_whose_groups_are_elsewhere_signs_nobody_in()
    {
        _site.Provider.Tamper = Reforge(claims => claims["_claim_names"] = new JsonObject { ["groups"] = "src1" });
        using var response = await _site.SignInAsync();

        AssertRefused(response, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_that_was_made_anew_with_the_key_of_the_provider_counts()
    {
        _site.Provider.Tamper = Reforge(_ => { });
        using var response = await _site.SignInAsync();

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
    }

    [Fact]
    public async Task A_token_that_has_ended_or_is_not_signed_signs_nobody_in()
    {
        var past = TimeProvider.System.GetUtcNow().AddMinutes(-2).ToUnixTimeSeconds();
        _site.Provider.Tamper = Reforge(claims => claims["exp"] = past);
        using var ended = await _site.SignInAsync();
        _site.Provider.Tamper = Unsign;
        using var unsigned = await _site.SignInAsync();
        var secret = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(new string('k', 64)));
        _site.Provider.Tamper = Reforge(_ => { }, new SigningCredentials(secret, SecurityAlgorithms.HmacSha256));
        using var shared = await _site.SignInAsync();

        AssertRefused(ended, HttpStatusCode.Unauthorized);
        AssertRefused(unsigned, HttpStatusCode.Unauthorized);
        AssertRefused(shared, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_provider_that_refuses_leads_to_a_page_that_says_so()
    {
        var (address, cookie) = await _site.GoAsync();
        var state = QueryHelpers.ParseQuery(address.Query)["state"];
        using var response = await _site.GetAsync($"/sign-in/oidc/return?error=access_denied&state={state}", cookie);

        AssertRefused(response, HttpStatusCode.Unauthorized);
        Assert.Contains("fournisseur", await TestServer.ReadTextAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_of_another_site_is_not_where_a_visitor_goes_afterwards()
    {
        using var response = await _site.SignInAsync("//evil.example.org/");

        Assert.Equal("/", response.Headers.Location!.ToString());
    }

    private Func<string, string> Reforge(Action<JsonObject> change, SigningCredentials? signing = null) => token =>
        _site.Provider.Forge(
            TestProvider.ClientId,
            claims =>
            {
                claims["nonce"] = PartOf(token, 1)["nonce"]!.GetValue<string>();
                change(claims);
            },
            signing,
            "JWT");

    private static string Unsign(string token)
    {
        var header = PartOf(token, 0);
        header["alg"] = "none";
        return $"{Base64UrlEncoder.Encode(header.ToJsonString())}.{token.Split('.')[1]}.";
    }

    private static JsonObject PartOf(string token, int at) =>
        JsonNode.Parse(Base64UrlEncoder.Decode(token.Split('.')[at]))!.AsObject();

    private static void AssertRefused(HttpResponseMessage response, HttpStatusCode expected)
    {
        Assert.Equal(expected, response.StatusCode);
        Assert.DoesNotContain(
            response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [],
            cookie => cookie.StartsWith("terroir-session=", StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<string>> FindAsync(string kind)
    {
        var ledger = _site.Server.Services.GetRequiredService<IMetastore>().Ledger;
        var rows = await ledger.FindAsync(new LedgerQuery { Kind = kind }, Stop);
        return [.. rows.Select(placed => LedgerEvent.Parse(placed.Row.Kind, placed.Row.Time, placed.Row.Detail!))
            .Select(found => Encoding.UTF8.GetString(found.Subjects[^1].Opening!.Content))];
    }
}

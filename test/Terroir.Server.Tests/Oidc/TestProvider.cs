using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Terroir.Server.Tests.Oidc;

/// <summary>Another's identity provider (OpenIddict) on a port of this machine, which signs one person in without
/// asking anything.</summary>
internal sealed class TestProvider : IAsyncDisposable
{
    public const string ClientId = "terroir";
    public const string Secret = "secret-of-the-site+/=";
    public const string Audience = "terroir-api";

    // One pair for all providers of a run: making one takes longer than most tests.
    private static readonly RsaSecurityKey EncryptionKey = new(RSA.Create(2048));

    private readonly WebApplication _app;

    private TestProvider(WebApplication app) => _app = app;

    public string Authority => _app.Urls.Single();

    /// <summary>The key that signs tokens: who has it can make any.</summary>
    public static RsaSecurityKey Key { get; } = new(RSA.Create(2048)) { KeyId = "test" };

    /// <summary>Who is signed in at the provider.</summary>
    public string User { get; set; } = "anna";

    /// <summary>What never goes to another person.</summary>
    public string Subject { get; set; } = "0001";

    /// <summary>Their groups at the provider.</summary>
    public IReadOnlyList<string> Groups { get; set; } = [];

    /// <summary>Changes the token that says who signed in, before the site gets it.</summary>
    public Func<string, string> Tamper { get; set; } = token => token;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<TestProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        TestProvider? provider = null;
        AddOpenIddict(builder.Services, token => provider!.Tamper(token));
        var app = builder.Build();
        provider = new TestProvider(app);
        app.UseAuthentication();
        app.MapGet("/authorize", provider.Authorize);
        await app.StartAsync(Stop);
        return provider;
    }

    /// <summary>Lets the site be a client, once its address is known.</summary>
    public async Task RegisterAsync(Uri site)
    {
        using var scope = _app.Services.CreateScope();
        await scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>().CreateAsync(
            new OpenIddictApplicationDescriptor
            {
                ClientId = ClientId,
                ClientSecret = Secret,
                RedirectUris = { new Uri(site, "/sign-in/oidc/return") },
                Permissions =
                {
                    Permissions.Endpoints.Authorization,
                    Permissions.Endpoints.Token,
                    Permissions.GrantTypes.AuthorizationCode,
                    Permissions.ResponseTypes.Code,
                    Permissions.Scopes.Profile,
                },
                Requirements = { Requirements.Features.ProofKeyForCodeExchange },
            },
            Stop);
    }

    /// <summary>Makes a token that the provider never gave, with some claims of its own.</summary>
    /// <param name="audience">For whom.</param>
    /// <param name="change">Changes the claims.</param>
    /// <param name="signing">What signs it; <see langword="null"/> for the provider's key.</param>
    /// <param name="type">What the header says that it is.</param>
    public string Forge(
        string audience,
        Action<JsonObject>? change = null,
        SigningCredentials? signing = null,
        string type = "at+jwt")
    {
        var now = DateTimeOffset.UnixEpoch.AddSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        var claims = new JsonObject
        {
            ["iss"] = $"{Authority}/",
            ["aud"] = audience,
            ["sub"] = Subject,
            ["preferred_username"] = User,
            ["groups"] = new JsonArray([.. Groups.Select(group => JsonValue.Create(group))]),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
        };
        change?.Invoke(claims);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            claims.ToJsonString(),
            signing ?? new SigningCredentials(Key, SecurityAlgorithms.RsaSha256),
            new Dictionary<string, object>(StringComparer.Ordinal) { ["typ"] = type });
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void AddOpenIddict(IServiceCollection services, Func<string, string> tamper)
    {
        var root = new InMemoryDatabaseRoot();
        services.AddDbContext<DbContext>(options => options.UseInMemoryDatabase("oidc", root).UseOpenIddict());
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAuthentication();
        services.AddOpenIddict()
            .AddCore(options => options.UseEntityFrameworkCore().UseDbContext<DbContext>())
            .AddServer(options =>
            {
                options.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token");
                options.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
                options.RegisterScopes(Scopes.Profile);
                options.AddEncryptionKey(EncryptionKey).AddSigningKey(Key);
                options.DisableAccessTokenEncryption();
                options.UseAspNetCore().EnableAuthorizationEndpointPassthrough().DisableTransportSecurityRequirement();
                options.AddEventHandler<OpenIddictServerEvents.ApplyTokenResponseContext>(handler => handler
                    .SetOrder(int.MinValue)
                    .UseInlineHandler(context =>
                    {
                        if (context.Response.IdToken is { } token)
                        {
                            context.Response.IdToken = tamper(token);
                        }

                        return default;
                    }));
            });
    }

    private IResult Authorize(HttpContext context)
    {
        var identity = new ClaimsIdentity("test", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, Subject);
        identity.SetClaim(Claims.PreferredUsername, User);
        identity.SetClaim(Claims.Name, $"Name of {User}");
        identity.SetClaims("groups", [.. Groups]);
        identity.SetScopes(context.GetOpenIddictServerRequest()!.GetScopes());
        identity.SetResources(Audience);
        identity.SetDestinations(_ => [Destinations.IdentityToken, Destinations.AccessToken]);
        return Results.SignIn(
            new ClaimsPrincipal(identity),
            properties: null,
            OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }
}

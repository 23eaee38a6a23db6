using System.Text.Json.Serialization;
using Terroir.Server.Console;
using Terroir.Server.Endpoints;
using Terroir.Storage;

namespace Terroir.Server;

/// <summary>The web server of a site.</summary>
public static class TerroirHost
{
    /// <summary>Builds the server; start it with <c>RunAsync</c> or <c>StartAsync</c>.</summary>
    /// <param name="folder">The site's folder.</param>
    /// <param name="url">Where to listen, such as <c>http://127.0.0.1:5080</c>.</param>
    /// <param name="isDemo">Whether callers on this machine may name the person who asks.</param>
    /// <param name="cancellationToken">Stops the building.</param>
    /// <returns>The server.</returns>
    /// <exception cref="SiteMissingException">There is no site in the folder.</exception>
    public static async Task<WebApplication> BuildAsync(
        string folder,
        string url,
        bool isDemo,
        CancellationToken cancellationToken)
    {
        if (!Site.Exists(folder))
        {
            throw new SiteMissingException(folder);
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(new ServerMode(isDemo))
            .AddSingleton<Callers>().AddProblemDetails().AddExceptionHandler<TerroirExceptionHandler>()
            .AddValidation().AddOpenApi()
            .ConfigureHttpJsonOptions(json =>
            {
                json.SerializerOptions.Converters.Add(new ContentHashConverter());
                json.SerializerOptions.Converters.Add(new DocumentIdConverter());
                json.SerializerOptions.Converters.Add(new CollectionIdConverter());
                json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            });
        await Composition.AddEngineAsync(builder.Services, folder, cancellationToken);
        var app = builder.Build();
        app.UseExceptionHandler();
        app.Use(ProtectAsync);
        app.MapAnswers().MapRetrieval().MapCatalog().MapConsole();
        app.MapGet("/api/status", StatusAsync).WithName("Status");
        app.MapGet("/healthz", () => "ok").ExcludeFromDescription();
        app.MapGet("/readyz", async (IMetastore metastore, CancellationToken stop) =>
            (await metastore.Catalog.ListHeadsAsync(stop)).Count > 0 ? Results.Ok("ready") : Results.StatusCode(503))
            .ExcludeFromDescription();
        app.MapOpenApi();
        return app;
    }

    private static async Task<IResult> StatusAsync(
        IMetastore metastore,
        Callers callers,
        HttpContext context,
        string? @as,
        CancellationToken cancellationToken) =>
        callers.Find(context, @as) is null
            ? Callers.Refuse()
            : Results.Ok(new { collections = await metastore.Catalog.ListHeadsAsync(cancellationToken) });

    // The exit gate of every page: nothing is loaded from elsewhere, and no page is framed or sniffed.
    private static Task ProtectAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return next(context);
    }
}

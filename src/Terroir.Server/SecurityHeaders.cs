namespace Terroir.Server;

/// <summary>Headers that keep a browser from running, framing or leaking anything.</summary>
internal static class SecurityHeaders
{
    private const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
        + "form-action 'self'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) =>
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";

            // Without any referrer a browser hides the origin of forms too, and those of this site could not be told.
            headers["Referrer-Policy"] = "same-origin";

            // No other site's page may load, frame or hold a window on what is here.
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers.XFrameOptions = "DENY";

            // What one person may read must not come back to another from a cache.
            headers.CacheControl = "no-store";
            return next(context);
        });
}

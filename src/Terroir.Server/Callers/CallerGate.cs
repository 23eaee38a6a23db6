using Terroir.Access;
using Terroir.Provenance.Events;
using Terroir.Server.Problems;

namespace Terroir.Server.Callers;

/// <summary>Lets only recognised callers reach an endpoint, before anything of their request's body is read.</summary>
internal static class CallerGate
{
    private static readonly object Key = new();

    private enum Need
    {
        Nobody,
        Person,
        Known,
        KeyHolder,
    }

    /// <summary>Lets everybody in without finding out who they are: what is there is for everybody.</summary>
    public static TBuilder AllowEverybody<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(OpenDoor.Instance);

    /// <summary>Finds out who calls, and lets also those in who are nobody known: the endpoint itself says what is
    /// missing. Who is known and has none of the roles is refused.</summary>
    public static TBuilder RecogniseCaller<TBuilder>(this TBuilder builder, Roles roles, string scope)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Requirement(Need.Nobody, roles, scope));

    /// <summary>Refuses with 401 whoever is not recognised as a person, and with 403 who has none of the roles, or
    /// whose key is not for this.</summary>
    public static TBuilder RequireAsker<TBuilder>(this TBuilder builder, Roles roles, string scope)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Requirement(Need.Person, roles, scope));

    /// <summary>Refuses with 401 whoever is not recognised, and with 403 who has none of the roles, or whose key is not
    /// for this.</summary>
    public static TBuilder RequireRole<TBuilder>(this TBuilder builder, Roles roles, string scope)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Requirement(Need.Known, roles, scope));

    /// <summary>Refuses whoever does not come with an API key or token that names the scope: neither a session nor a
    /// key that may do all that its user may opens it.</summary>
    public static TBuilder RequireNamedScope<TBuilder>(this TBuilder builder, Roles roles, string scope)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Requirement(Need.KeyHolder, roles, scope));

    /// <summary>What an endpoint says of who may use it; <see langword="null"/> if it says nothing, so that nobody may.
    /// </summary>
    internal static (Roles Roles, bool IsForEverybody)? RuleOf(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<Requirement>() is { } requirement ? (requirement.Roles, false)
            : endpoint.Metadata.GetMetadata<Share>() is not null
                || endpoint.Metadata.GetMetadata<OpenDoor>() is not null
                ? (Roles.Any, true)
                : null;

    /// <summary>Lets everybody in without finding out who they are, as far as there is room for all of them together.
    /// </summary>
    /// <param name="builder">The endpoint.</param>
    /// <param name="share">What they are counted as: no name of a user, so with a colon.</param>
    public static TBuilder AdmitAs<TBuilder>(this TBuilder builder, string share)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Share(share));

    /// <summary>Puts what the endpoints need into force. Routing comes before it.</summary>
    public static IApplicationBuilder UseCallers(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.GetEndpoint() is not { } endpoint)
        {
            return next(context);
        }

        if (endpoint.Metadata.GetMetadata<Share>() is { } share)
        {
            return context.RequestServices.GetRequiredService<Admission>().AdmitAsync(context, share.Name, next);
        }

        return endpoint.Metadata.GetMetadata<Requirement>() is { } requirement
            ? EnterAsync(context, requirement, next)
            : endpoint.Metadata.GetMetadata<OpenDoor>() is not null || IsOfRouting(endpoint)
                ? next(context)
                : RefuseAsync(context, StatusCodes.Status403Forbidden, "Nobody may use this address.");
    });

    /// <summary>Who makes a request that came through the gate; <see langword="null"/> if nobody known.</summary>
    public static Caller? Caller(this HttpContext context) => (context.Items[Key] as CallerOutcome)?.Caller;

    /// <summary>The person who makes a request that <see cref="RequireAsker"/> let through.</summary>
    public static Asker Asker(this HttpContext context) => context.Caller()!.Asker!;

    private static async Task EnterAsync(HttpContext context, Requirement requirement, RequestDelegate next)
    {
        var outcome = await context.RequestServices.GetRequiredService<CallerResolver>().ResolveAsync(context);
        context.Items[Key] = outcome;
        if (outcome.IsKeyRefused)
        {
            context.RequestServices.GetRequiredService<RefusedKeys>().Count(EventKinds.KeyRefused);
        }

        await (Refuse(requirement, outcome) is var (status, reason)
            ? RefuseAsync(context, status, reason)
            : context.RequestServices.GetRequiredService<Admission>()
                .AdmitAsync(context, outcome.Caller?.Asker?.User ?? "", next));
    }

    private static (int Status, string Reason)? Refuse(Requirement requirement, CallerOutcome outcome) =>
        (requirement.Need, outcome.Caller) switch
        {
            (Need.Nobody, null) => null,
            (_, null) => (StatusCodes.Status401Unauthorized, outcome.Refusal!),
            (Need.Person or Need.KeyHolder, { Asker: null }) => (
                StatusCodes.Status401Unauthorized,
                $"Say who asks: name a person in '{CallerResolver.UserHeader}' or 'as'."),
            (_, { } caller) when (caller.Roles & requirement.Roles) is Roles.None => (
                StatusCodes.Status403Forbidden,
                $"Only {Describe(requirement.Roles)} of the site may see this."),
            (Need.KeyHolder, { Key.Scopes: null } or { Key: null }) => (
                StatusCodes.Status403Forbidden,
                $"This takes a key that names the scope '{requirement.Scope}': "
                + $"'terroir apikey add USER --scope {requirement.Scope}'."),
            (_, { } caller) when !caller.Has(requirement.Scope) => (
                StatusCodes.Status403Forbidden,
                $"This key or token is not for that: it lacks the scope '{requirement.Scope}'."),
            _ => null,
        };

    private static string Describe(Roles roles) => roles switch
    {
        Roles.Reader => "a reader",
        Roles.Administrator => "an administrator",
        _ => "an operator",
    };

    // Routing answers itself where an address has no endpoint for a method; such an endpoint does nothing else.
    private static bool IsOfRouting(Endpoint endpoint) => endpoint is not RouteEndpoint;

    private static Task RefuseAsync(HttpContext context, int status, string reason)
    {
        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return ProblemResponse.WriteAsync(context, status, reason);
    }

    private sealed record Requirement(Need Need, Roles Roles, string Scope);

    private sealed record Share(string Name);

    private sealed record OpenDoor
    {
        public static OpenDoor Instance { get; } = new();
    }
}

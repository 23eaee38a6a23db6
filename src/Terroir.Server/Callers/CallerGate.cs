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
        Operator,
    }

    /// <summary>Lets everybody in and finds out who they are: the endpoint itself says what is missing.</summary>
    public static TBuilder RecogniseCaller<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Requirement(Need.Nobody));

    /// <summary>Refuses with 401 whoever is not recognised as a person.</summary>
    public static TBuilder RequireAsker<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Requirement(Need.Person));

    /// <summary>Refuses with 401 whoever is not recognised, and with 403 whoever is no operator.</summary>
    public static TBuilder RequireOperator<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Requirement(Need.Operator));

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
        var metadata = context.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<Share>() is { } share)
        {
            return context.RequestServices.GetRequiredService<Admission>().AdmitAsync(context, share.Name, next);
        }

        if (metadata?.GetMetadata<Requirement>() is not { } requirement)
        {
            return next(context);
        }

        var outcome = context.RequestServices.GetRequiredService<CallerResolver>().Resolve(context);
        context.Items[Key] = outcome;
        if (outcome.IsKeyRefused)
        {
            context.RequestServices.GetRequiredService<RefusedKeys>().Count(EventKinds.KeyRefused);
        }

        return Refuse(requirement.Need, outcome) is var (status, reason)
            ? RefuseAsync(context, status, reason)
            : context.RequestServices.GetRequiredService<Admission>()
                .AdmitAsync(context, outcome.Caller?.Asker?.User ?? "", next);
    });

    /// <summary>Who makes a request that came through the gate; <see langword="null"/> if nobody known.</summary>
    public static Caller? Caller(this HttpContext context) => (context.Items[Key] as CallerOutcome)?.Caller;

    /// <summary>The person who makes a request that <see cref="RequireAsker"/> let through.</summary>
    public static Asker Asker(this HttpContext context) => context.Caller()!.Asker!;

    private static (int Status, string Reason)? Refuse(Need need, CallerOutcome outcome) => (need, outcome) switch
    {
        (Need.Nobody, _) => null,
        (_, { Caller: null }) => (StatusCodes.Status401Unauthorized, outcome.Refusal!),
        (Need.Person, { Caller.Asker: null }) => (
            StatusCodes.Status401Unauthorized,
            $"Say who asks: name a person in '{CallerResolver.UserHeader}' or 'as'."),
        (Need.Operator, { Caller.IsOperator: false }) => (
            StatusCodes.Status403Forbidden,
            "Only an operator of the site may see this."),
        _ => null,
    };

    private static Task RefuseAsync(HttpContext context, int status, string reason)
    {
        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return ProblemResponse.WriteAsync(context, status, reason);
    }

    private sealed record Requirement(Need Need);

    private sealed record Share(string Name);
}

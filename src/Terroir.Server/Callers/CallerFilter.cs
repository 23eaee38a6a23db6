using Terroir.Access;
using Terroir.Server.Problems;

namespace Terroir.Server.Callers;

/// <summary>Lets only recognised callers reach an endpoint.</summary>
internal static class CallerFilter
{
    private static readonly object Key = new();

    /// <summary>Refuses with 401 whoever is not recognised as a person.</summary>
    public static TBuilder RequireAsker<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilter((context, next) =>
        {
            var (caller, refusal) = Resolve(context.HttpContext);
            return caller?.Asker is null
                ? ValueTask.FromResult<object?>(Refuse(
                    context.HttpContext,
                    refusal ?? $"Say who asks: name a person in '{CallerResolver.UserHeader}' or 'as'."))
                : ContinueAsync(context, next, caller);
        });

    /// <summary>Refuses with 401 whoever is not recognised, and with 403 whoever is no operator.</summary>
    public static TBuilder RequireOperator<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilter((context, next) =>
        {
            var (caller, refusal) = Resolve(context.HttpContext);
            return caller switch
            {
                null => ValueTask.FromResult<object?>(Refuse(context.HttpContext, refusal!)),
                { IsOperator: false } => ValueTask.FromResult<object?>(TypedResults.Problem(
                    "Only an operator of the site may see this.",
                    statusCode: StatusCodes.Status403Forbidden)),
                _ => ContinueAsync(context, next, caller),
            };
        });

    /// <summary>The person who makes a request that <see cref="RequireAsker"/> let through.</summary>
    public static Asker Asker(this HttpContext context) => ((Caller)context.Items[Key]!).Asker!;

    private static CallerOutcome Resolve(HttpContext context) =>
        context.RequestServices.GetRequiredService<CallerResolver>().Resolve(context);

    private static ValueTask<object?> ContinueAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next,
        Caller caller)
    {
        context.HttpContext.Items[Key] = caller;
        return next(context);
    }

    private static IResult Refuse(HttpContext context, string reason)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return OpenAiError.IsFor(context)
            ? OpenAiError.Create(StatusCodes.Status401Unauthorized, reason)
            : TypedResults.Problem(reason, statusCode: StatusCodes.Status401Unauthorized);
    }
}

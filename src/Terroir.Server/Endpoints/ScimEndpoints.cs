using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Terroir.Access;
using Terroir.Server.Callers;
using Terroir.Server.Scim;

namespace Terroir.Server.Endpoints;

/// <summary>Users and groups for whoever provisions them: SCIM 2.0 (RFC 7643, RFC 7644).</summary>
internal static class ScimEndpoints
{
    private const string Path = "/scim/v2";

    public static IEndpointRouteBuilder MapScim(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Path)
            .RequireNamedScope(Roles.Administrator, KeyScopes.Provision)
            .AddEndpointFilter(AnswerFaultsAsync)
            .WithTags("SCIM");
        foreach (var type in ScimDiscovery.Types)
        {
            MapType(group, type);
        }

        group.MapGet("/ServiceProviderConfig", (HttpContext context) => Send(
            ScimDiscovery.DescribeService(AddressOf(context))));
        group.MapGet("/ResourceTypes", (HttpContext context) => SendAll(
            context, ScimDiscovery.Types.Select(type => ScimDiscovery.Describe(type, AddressOf(context)))));
        group.MapGet("/ResourceTypes/{id}", (string id, HttpContext context) => SendOne(
            ScimDiscovery.Types.Select(type => ScimDiscovery.Describe(type, AddressOf(context))), id));
        group.MapGet("/Schemas", (HttpContext context) => SendAll(
            context, ScimSchemas.All.Select(schema => ScimDiscovery.Describe(schema, AddressOf(context)))));
        group.MapGet("/Schemas/{id}", (string id, HttpContext context) => SendOne(
            ScimSchemas.All.Select(schema => ScimDiscovery.Describe(schema, AddressOf(context))), id));
        return routes;
    }

    private static void MapType(IEndpointRouteBuilder routes, ScimResourceType type)
    {
        var group = routes.MapGroup($"/{type.Endpoint}");
        group.MapGet("", (HttpContext context, ScimProvisioning scim) => Send(
            ScimQuery.Read(context.Request.Query, type.Schema).List(type, scim.Read(AddressOf(context)))));
        group.MapGet("/{id}", (string id, HttpContext context, ScimProvisioning scim) =>
        {
            var query = ScimQuery.Read(context.Request.Query, type.Schema);
            var snapshot = scim.Read(AddressOf(context));
            return Send(query.Project(type.Render(snapshot, type.Find(snapshot, id))));
        });
        group.MapPost("", (HttpContext context, ScimProvisioning scim) => AddAsync(type, context, scim));
        group.MapPut("/{id}", (string id, HttpContext context, ScimProvisioning scim) =>
            ChangeAsync(type, id, (_, body) => ScimValues.Read(type.Schema, body), context, scim));
        group.MapPatch("/{id}", (string id, HttpContext context, ScimProvisioning scim) =>
            ChangeAsync(type, id, (known, body) => Patch(type, known, body), context, scim));
        group.MapDelete("/{id}", async (string id, HttpContext context, ScimProvisioning scim) =>
        {
            await scim.RemoveAsync(type, id, CallerOf(context), context.RequestAborted);
            return TypedResults.NoContent();
        });
    }

    private static async Task<IResult> AddAsync(ScimResourceType type, HttpContext context, ScimProvisioning scim)
    {
        var query = ScimQuery.Read(context.Request.Query, type.Schema);
        var body = await ScimBody.ReadAsync(context.Request, context.RequestAborted);
        var resource = await scim.AddAsync(type, body, CallerOf(context), context.RequestAborted);
        context.Response.Headers.Location = resource["meta"]!["location"]!.GetValue<string>();
        return Send(query.Project(resource), StatusCodes.Status201Created);
    }

    private static async Task<IResult> ChangeAsync(
        ScimResourceType type,
        string id,
        Func<JsonObject, JsonObject, JsonObject> next,
        HttpContext context,
        ScimProvisioning scim)
    {
        var query = ScimQuery.Read(context.Request.Query, type.Schema);
        var body = await ScimBody.ReadAsync(context.Request, context.RequestAborted);
        var resource = await scim.ChangeAsync(
            type, id, known => next(known, body), CallerOf(context), context.RequestAborted);
        return type.IsSentBack || query.NamesAttributes || HttpMethods.IsPut(context.Request.Method)
            ? Send(query.Project(resource))
            : TypedResults.NoContent();
    }

    private static JsonObject Patch(ScimResourceType type, JsonObject known, JsonObject body)
    {
        var patched = ScimPatch.Apply(type.Schema, known, body);
        type.Settle(known, patched);
        return patched;
    }

    private static async ValueTask<object?> AnswerFaultsAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ScimFaultException fault)
        {
            return ScimError.Create(fault.Status, fault.Message, fault.Kind);
        }
    }

    private static JsonHttpResult<JsonObject> SendAll(HttpContext context, IEnumerable<JsonObject> items) =>
        context.Request.Query.ContainsKey("filter")
            ? throw new ScimFaultException(
                StatusCodes.Status403Forbidden, kind: null, "What SCIM says of itself is not filtered.")
            : Send(ScimDiscovery.List([.. items]));

    private static JsonHttpResult<JsonObject> SendOne(IEnumerable<JsonObject> items, string id) => Send(
        items.FirstOrDefault(item =>
            string.Equals(item["id"]!.GetValue<string>(), id, StringComparison.OrdinalIgnoreCase))
        ?? throw ScimFaultException.NotFound());

    private static JsonHttpResult<JsonObject> Send(JsonObject body, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(body, contentType: ScimError.MediaType, statusCode: status);

    private static ScimCaller CallerOf(HttpContext context) => new(context.Asker().User, AddressOf(context));

    private static string AddressOf(HttpContext context) =>
        $"{(SignIn.IsSecure(context.Request) ? "https" : "http")}://{context.Request.Host}{Path}";
}

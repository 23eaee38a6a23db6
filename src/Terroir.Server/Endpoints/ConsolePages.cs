using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Terroir.Access;
using Terroir.Server.Callers;
using Terroir.Server.Emergency;
using Terroir.Server.Oidc;
using Terroir.Web;
using Terroir.Web.Pages;

namespace Terroir.Server.Endpoints;

/// <summary>Makes the pages of the console for a request: in its language, for its visitor.</summary>
internal static class ConsolePages
{
    /// <summary>What every page shows around its content.</summary>
    public static PageFrame Frame(HttpContext context)
    {
        var services = context.RequestServices;
        var directory = services.GetRequiredService<IDirectory>();
        var language = context.Request.Query["lang"].ToString();
        var text = ConsoleText.For(language.Length > 0 ? language : context.Request.Headers.AcceptLanguage.ToString());
        var isDemo = services.GetRequiredService<CallerResolver>().IsDemo(context);
        var visitor = isDemo ? null : context.Caller()?.Asker?.User;
        var emergencies = services.GetRequiredService<EmergencyAccess>();
        var asker = context.Caller()?.Asker;
        return new PageFrame(
            text,
            language.Length > 0 ? text.Language : "",
            isDemo ? [.. directory.Users.Select(user => new PersonLine(user.Id, user.Name, user.Title))] : [],
            isDemo ? context.Request.Query["as"].ToString() : "",
            visitor is null ? "" : NameOf(directory, visitor),
            isDemo)
        {
            Provider = ProviderOf(services.GetRequiredService<IOptions<OidcOptions>>().Value),
            MayOpenEmergency = asker is not null && emergencies.RulesFor(asker).Count > 0,
            Emergencies = asker is null ? [] : ConsoleEmergency.OpenOf(emergencies, asker),
        };
    }

    /// <summary>A page that says one thing.</summary>
    public static IResult Notice(PageFrame frame, int status, string title, string text) =>
        Page<NoticePage>(status, new(StringComparer.Ordinal) { ["Frame"] = frame, ["Title"] = title, ["Text"] = text });

    /// <summary>The page for a request of nobody: in a demo a person must be chosen, else one signs in.</summary>
    public static IResult SignIn(HttpContext context, PageFrame frame) => frame.IsDemo
        ? Notice(frame, StatusCodes.Status401Unauthorized, frame.Text.SignInTitle, frame.Text.ChoosePerson)
        : SignIn(frame, $"{context.Request.Path}{context.Request.QueryString}", SignInFault.None);

    /// <summary>The page that asks who the visitor is, and then goes where they wanted.</summary>
    public static IResult SignIn(PageFrame frame, string next, SignInFault fault) =>
        Page<SignInPage>(StatusOf(fault), new(StringComparer.Ordinal)
        {
            ["Frame"] = frame,
            ["Next"] = next,
            ["Fault"] = fault,
        });

    /// <summary>A page with a status.</summary>
    public static IResult Page<TPage>(int status, Dictionary<string, object?> parameters)
        where TPage : IComponent =>
        new RazorComponentResult<TPage>(parameters) { StatusCode = status, ContentType = "text/html; charset=utf-8" };

    /// <summary>Leads from a form to a page.</summary>
    public static IResult SeeOther(HttpContext context, string address)
    {
        context.Response.Headers.Location = address;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static int StatusOf(SignInFault fault) => fault switch
    {
        SignInFault.TooMany => StatusCodes.Status429TooManyRequests,
        SignInFault.NoAccount => StatusCodes.Status403Forbidden,
        SignInFault.ProviderAway => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status401Unauthorized,
    };

    private static string ProviderOf(OidcOptions options) => options.IsSet ? options.Name : "";

    private static string NameOf(IDirectory directory, string id)
    {
        var person = directory.Users.FirstOrDefault(user => string.Equals(user.Id, id, StringComparison.Ordinal));
        return person is { Name.Length: > 0 } ? person.Name : id;
    }
}

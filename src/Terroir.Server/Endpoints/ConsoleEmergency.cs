using Terroir.Access;
using Terroir.Server.Callers;
using Terroir.Server.Emergency;
using Terroir.Storage;
using Terroir.Web;
using Terroir.Web.Pages;

namespace Terroir.Server.Endpoints;

/// <summary>The page that opens access in an emergency, and the form of the banner that ends it.</summary>
internal static class ConsoleEmergency
{
    private const string Home = "/";

    private static readonly string[] ReadMethods = [HttpMethods.Get, HttpMethods.Head];

    public static IEndpointRouteBuilder MapConsoleEmergency(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup(EmergencyPage.Address).RecogniseCaller(Roles.Reader, KeyScopes.Read);
        pages.MapMethods("", ReadMethods, Show);
        pages.MapPost("", OpenAsync).WithMetadata(ConsoleForm.Mark);
        pages.MapPost("/end", EndAsync).WithMetadata(ConsoleForm.Mark);
        return routes;
    }

    /// <summary>What a visitor has open, for the banner.</summary>
    public static IReadOnlyList<EmergencyLine> OpenOf(EmergencyAccess emergencies, Asker asker) =>
    [
        .. emergencies.OpenOf(asker).Select(opening => new EmergencyLine(
            opening.Group,
            (int)(opening.EndsAt - opening.StartedAt).TotalMinutes,
            opening.EndsAt)),
    ];

    private static IResult Show(HttpContext context, EmergencyAccess emergencies)
    {
        var frame = ConsolePages.Frame(context);
        return context.Caller() is { } caller
            ? Page(StatusCodes.Status200OK, frame, caller.Asker, emergencies)
            : ConsolePages.SignIn(context, frame);
    }

    private static async Task<IResult> OpenAsync(
        HttpContext context,
        EmergencyAccess emergencies,
        CancellationToken cancellationToken)
    {
        var frame = ConsolePages.Frame(context);
        if (ConsoleConversations.Refuse(context, frame, EmergencyPage.Address) is { } refusal)
        {
            return refusal;
        }

        var form = await context.Request.ReadFormAsync(cancellationToken);
        var (group, reason) = (form["group"].ToString(), form["reason"].ToString());
        var outcome = await emergencies.OpenAsync(context.Asker(), group, reason, cancellationToken);
        return outcome.Refusal is EmergencyRefusal.None
            ? ConsolePages.SeeOther(context, frame.Link(Home))
            : Page(
                EmergencyEndpoints.StatusOf(outcome.Refusal),
                frame,
                context.Asker(),
                emergencies,
                (group, reason, Explain(outcome.Refusal, EmergencyText.For(frame.Text))));
    }

    private static async Task<IResult> EndAsync(
        HttpContext context,
        EmergencyAccess emergencies,
        CancellationToken cancellationToken)
    {
        var frame = ConsolePages.Frame(context);
        if (ConsoleConversations.Refuse(context, frame, EmergencyPage.Address) is { } refusal)
        {
            return refusal;
        }

        await emergencies.EndAsync(
            context.Asker().User, group: null, EmergencyOpening.ByPerson, cancellationToken);
        return ConsolePages.SeeOther(context, frame.Link(Home));
    }

    private static string Explain(EmergencyRefusal refusal, EmergencyText text) => refusal switch
    {
        EmergencyRefusal.Reason => text.BadReason,
        EmergencyRefusal.OpenAlready => text.OpenAlready,
        EmergencyRefusal.TooOften => text.TooOften,
        _ => text.NotForYou,
    };

    private static IResult Page(
        int status,
        PageFrame frame,
        Asker? asker,
        EmergencyAccess emergencies,
        (string Group, string Reason, string? Problem) form = default) =>
        ConsolePages.Page<EmergencyPage>(status, new(StringComparer.Ordinal)
        {
            [nameof(EmergencyPage.Frame)] = frame,
            [nameof(EmergencyPage.Choices)] = asker is null
                ? []
                : emergencies.RulesFor(asker)
                    .Select(rule => new EmergencyLine(rule.Group, rule.Minutes, EndsAt: null))
                    .ToList(),
            [nameof(EmergencyPage.Group)] = form.Group ?? "",
            [nameof(EmergencyPage.Reason)] = form.Reason ?? "",
            [nameof(EmergencyPage.Problem)] = form.Problem,
        });
}

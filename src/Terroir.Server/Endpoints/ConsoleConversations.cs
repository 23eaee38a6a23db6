using Terroir.Access;
using Terroir.Answers;
using Terroir.Answers.Conversations;
using Terroir.Models;
using Terroir.Server.Callers;
using Terroir.Storage;
using Terroir.Web;
using Terroir.Web.Pages;

namespace Terroir.Server.Endpoints;

/// <summary>The pages of the visitor's own conversations. A form that was accepted leads to a page that can be loaded
/// again, so that nothing is asked or deleted twice.</summary>
internal static class ConsoleConversations
{
    private const string Root = "/conversations";

    private static readonly string[] ReadMethods = [HttpMethods.Get, HttpMethods.Head];

    public static IEndpointRouteBuilder MapConsoleConversations(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").RecogniseCaller(Roles.Reader, KeyScopes.Ask);
        pages.MapMethods(Root, ReadMethods, List);
        pages.MapMethods($"{Root}/{{id}}", ReadMethods, ReadAsync);
        pages.MapPost(Root, BeginAsync).WithMetadata(ConsoleForm.Mark);
        pages.MapPost($"{Root}/{{id}}", ContinueAsync).WithMetadata(ConsoleForm.Mark);
        pages.MapPost($"{Root}/{{id}}/delete", Delete).WithMetadata(ConsoleForm.Mark);
        return routes;
    }

    private static IResult List(HttpContext context, IConversations conversations, ILocalModels models)
    {
        var frame = ConsolePages.Frame(context);
        return context.Caller() is { } caller
            ? ListPage(frame, caller.Asker, conversations, models, new AskedForm("", ""), problem: null)
            : ConsolePages.SignIn(context, frame);
    }

    private static async Task<IResult> ReadAsync(
        string id,
        HttpContext context,
        [AsParameters] Conversing conversing,
        CancellationToken cancellationToken)
    {
        var frame = ConsolePages.Frame(context);
        return context.Caller()?.Asker is { } asker
            ? await ConversationPageAsync(
                frame, asker, id, conversing, new AskedForm("", ""), problem: null, cancellationToken)
            : ConsolePages.SignIn(context, frame);
    }

    private static async Task<IResult> BeginAsync(
        HttpContext context,
        IConversations conversations,
        ILocalModels models,
        IAnswerer answerer,
        CancellationToken cancellationToken)
    {
        var frame = ConsolePages.Frame(context);
        if (Refuse(context, frame, Root) is { } refusal)
        {
            return refusal;
        }

        var asker = context.Asker();
        var form = await ReadFormAsync(context, models, cancellationToken);
        return FaultOf(form, frame) is { } fault
            ? ListPage(frame, asker, conversations, models, form, fault)
            : await AskAsync(context, frame, asker, AskRequest.NewConversation, form, answerer, cancellationToken);
    }

    private static async Task<IResult> ContinueAsync(
        string id,
        HttpContext context,
        [AsParameters] Conversing conversing,
        IAnswerer answerer,
        CancellationToken cancellationToken)
    {
        var frame = ConsolePages.Frame(context);
        if (Refuse(context, frame, Root) is { } refusal)
        {
            return refusal;
        }

        var asker = context.Asker();
        var form = await ReadFormAsync(context, conversing.Models, cancellationToken);
        if (FaultOf(form, frame) is { } fault)
        {
            return await ConversationPageAsync(frame, asker, id, conversing, form, fault, cancellationToken);
        }

        return await conversing.Conversations.FindAsync(asker, id, cancellationToken) is null
            ? NotFound(frame)
            : await AskAsync(context, frame, asker, id, form, answerer, cancellationToken);
    }

    private static IResult Delete(string id, HttpContext context, IConversations conversations)
    {
        var frame = ConsolePages.Frame(context);
        return Refuse(context, frame, Root)
            ?? (conversations.Delete(context.Asker(), id)
                ? ConsolePages.SeeOther(context, frame.Link(Root))
                : NotFound(frame));
    }

    private static async Task<IResult> AskAsync(
        HttpContext context,
        PageFrame frame,
        Asker asker,
        string conversation,
        AskedForm form,
        IAnswerer answerer,
        CancellationToken cancellationToken)
    {
        var answer = await answerer.AskAsync(
            new AskRequest
            {
                Question = form.Question,
                Asker = asker,
                Language = frame.Text.Language,
                Engine = form.Engine,
                Conversation = conversation,
            },
            cancellationToken);
        return ConsolePages.SeeOther(
            context,
            $"{frame.Link($"{Root}/{answer.Conversation}")}#{ConversationPage.LastTurn}");
    }

    /// <summary>Refuses a form: whoever changes something must be known, and a page of this site must have sent it.
    /// </summary>
    internal static IResult? Refuse(HttpContext context, PageFrame frame, string page)
    {
        var text = ConversationText.For(frame.Text);
        return !context.Request.HasFormContentType || !SignIn.IsFromHere(context.Request)
                ? ConsolePages.Notice(
                    frame, StatusCodes.Status400BadRequest, text.NotFromHereTitle, text.NotFromHereText)
            : context.Caller()?.Asker is not null ? null
            : frame.IsDemo ? ConsolePages.SignIn(context, frame)
            : ConsolePages.SignIn(frame, page, SignInFault.None);
    }

    private static string? FaultOf(AskedForm form, PageFrame frame) => form.Question.Length switch
    {
        0 => ConversationText.For(frame.Text).EmptyQuestion,
        > Retrieval.SearchRequest.QueryLengthMax => frame.Text.QuestionTooLong,
        _ => null,
    };

    private static async Task<AskedForm> ReadFormAsync(
        HttpContext context,
        ILocalModels models,
        CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        return new AskedForm(
            form["question"].ToString().Trim(),
            ConsoleEndpoints.ChooseEngine(form["engine"].ToString(), models.List()));
    }

    private static IResult NotFound(PageFrame frame) => ConsolePages.Notice(
        frame,
        StatusCodes.Status404NotFound,
        frame.Text.NotFoundTitle,
        ConversationText.For(frame.Text).NotFoundText);

    private static IResult ListPage(
        PageFrame frame,
        Asker? asker,
        IConversations conversations,
        ILocalModels models,
        AskedForm form,
        string? problem) =>
        ConsolePages.Page<ConversationsPage>(StatusOf(problem), new(StringComparer.Ordinal)
        {
            [nameof(ConversationsPage.Frame)] = frame,
            [nameof(ConversationsPage.Conversations)] = asker is null ? null : conversations.List(asker),
            [nameof(ConversationsPage.Models)] = models.List(),
            [nameof(ConversationsPage.Question)] = form.Question,
            [nameof(ConversationsPage.Engine)] = form.Engine,
            [nameof(ConversationsPage.Problem)] = problem,
        });

    private static async Task<IResult> ConversationPageAsync(
        PageFrame frame,
        Asker asker,
        string id,
        Conversing conversing,
        AskedForm form,
        string? problem,
        CancellationToken cancellationToken)
    {
        if (await conversing.Conversations.FindAsync(asker, id, cancellationToken) is not { } conversation)
        {
            return NotFound(frame);
        }

        return ConsolePages.Page<ConversationPage>(StatusOf(problem), new(StringComparer.Ordinal)
        {
            [nameof(ConversationPage.Frame)] = frame,
            [nameof(ConversationPage.Conversation)] = conversation,
            [nameof(ConversationPage.Documents)] =
                await FindCitedAsync(conversing.Documents, asker, conversation, cancellationToken),
            [nameof(ConversationPage.Models)] = conversing.Models.List(),
            [nameof(ConversationPage.Question)] = form.Question,
            [nameof(ConversationPage.Engine)] = form.Engine,
            [nameof(ConversationPage.Problem)] = problem,
        });
    }

    private static async Task<IReadOnlyDictionary<DocumentId, DocumentVersion>> FindCitedAsync(
        ReadableDocuments documents,
        Asker asker,
        Conversation conversation,
        CancellationToken cancellationToken)
    {
        var found = new Dictionary<DocumentId, DocumentVersion>();
        var cited = conversation.Turns.SelectMany(turn => turn.Documents).Select(item => item.Document);
        foreach (var id in cited.Distinct())
        {
            if (await documents.FindAsync(id.Value, asker, cancellationToken) is { } document)
            {
                found[id] = document.Version;
            }
        }

        return found;
    }

    private static int StatusOf(string? problem) =>
        problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;

    /// <summary>What a form asks.</summary>
    private sealed record AskedForm(string Question, string Engine);

    /// <summary>What a page of a conversation is made of.</summary>
    internal sealed record Conversing(IConversations Conversations, ReadableDocuments Documents, ILocalModels Models);
}

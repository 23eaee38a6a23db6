using Terroir.Access;
using Terroir.Audit;
using Terroir.Retrieval;
using Terroir.Retrieval.Queries;
using Terroir.Server.Callers;
using Terroir.Web;
using Terroir.Web.Pages;

namespace Terroir.Server.Endpoints;

/// <summary>The search page of the console.</summary>
internal static class ConsoleSearch
{
    /// <summary>How many documents a page shows.</summary>
    internal const int HitCount = 20;

    public static async Task<IResult> SearchAsync(
        HttpContext context,
        IRetriever retriever,
        EventLog log,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        var frame = ConsolePages.Frame(context);
        if (context.Caller() is not { } caller)
        {
            return ConsolePages.SignIn(context, frame);
        }

        var form = ReadForm(context.Request.Query);
        var problem = form.Query.Length > 0 && caller.Asker is null ? frame.Text.ChoosePerson : null;
        if (form.Query.Length == 0 || problem is not null)
        {
            return Page(frame, form, outcome: null, problem);
        }

        if (!SearchForm.TryReadDay(form.From, out var from) || !SearchForm.TryReadDay(form.Until, out var until))
        {
            return Page(frame, form, outcome: null, SearchText.For(frame.Text).BadDay);
        }

        try
        {
            var today = DateOnly.FromDateTime(timeProvider.GetLocalNow().DateTime);
            var request = RequestOf(form, caller.Asker!, from, until) with { Today = today };
            var result = await retriever.SearchAsync(request, cancellationToken);
            await log.NoteSearchAsync(caller.Asker!.User);
            var outcome = new SearchOutcome(result.Hits, result.Suggestion, result.Hits.Count == HitCount);
            return Page(frame, form, outcome, problem: null);
        }
        catch (QueryTooLongException)
        {
            return Page(frame, form, outcome: null, SearchText.For(frame.Text).TooManyWords);
        }
    }

    private static SearchForm ReadForm(IQueryCollection query)
    {
        return new SearchForm(Read("q"), Read("type"), Read("label"), Read("from"), Read("until"));

        string Read(string name) => query[name].ToString().Trim();
    }

    // Days are those of UTC, as in the signs of a query; the last one counts whole.
    private static SearchRequest RequestOf(SearchForm form, Asker asker, DateOnly? from, DateOnly? until) => new()
    {
        Query = form.Query,
        HasSyntax = true,
        Explains = true,
        Asker = asker,
        Count = HitCount,
        OnePerDocument = true,
        Labels = form.Label.Length > 0 ? [form.Label] : [],
        MediaTypes = MediaTypeNames.Find(form.Type),
        ModifiedFrom = StartOf(from),
        ModifiedBefore = until < DateOnly.MaxValue ? StartOf(until.Value.AddDays(1)) : null,
    };

    private static DateTimeOffset? StartOf(DateOnly? day) =>
        day is { } value ? new DateTimeOffset(value.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null;

    private static IResult Page(PageFrame frame, SearchForm form, SearchOutcome? outcome, string? problem) =>
        ConsolePages.Page<SearchPage>(
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
            new(StringComparer.Ordinal)
            {
                ["Frame"] = frame,
                ["Form"] = form,
                ["Outcome"] = outcome,
                ["Problem"] = problem,
            });
}

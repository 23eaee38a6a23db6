using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using Terroir.Audit;
using Terroir.Cli.Output;
using Terroir.Retrieval;
using Terroir.Server.Endpoints;

namespace Terroir.Cli.Commands;

/// <summary>Searches passages.</summary>
internal static class SearchCommand
{
    private const int ShownLength = 200;
    private const int ShownBefore = 60;

    private static readonly Argument<string> Query = new("query")
    {
        Description = "What to look for: words, \"a phrase\", -word, title:, type:, label:, after:, before:.",
    };

    private static readonly Option<int> Count = Number("--count", "How many: 1 to 1000.", 10);

    private static readonly Option<int> PerDocument = Number(
        "--per-document",
        "How many of one document at most, where enough others are found: 1 to 1000.",
        SearchRequest.PerDocumentDefault);

    private static readonly Option<string[]> Collections = new("--collection")
    {
        Description = "Only this collection; may be given again.",
    };

    private static readonly Option<string[]> Labels = new("--label")
    {
        Description = "Only documents with this label; may be given again.",
    };

    private static readonly Option<string[]> MediaTypes = new("--type")
    {
        Description = "Only documents of this media type, such as application/pdf; may be given again.",
    };

    private static readonly Option<DateTimeOffset?> From = new("--from")
    {
        Description = "Only documents changed at or after this time, such as 2026-01-31.",
    };

    private static readonly Option<DateTimeOffset?> Before = new("--before")
    {
        Description = "Only documents changed before this time.",
    };

    private static readonly Option<DateOnly?> ValidOn = new("--valid-on")
    {
        Description = "Only documents that do not say that they do not hold on this day, such as 2026-01-31.",
    };

    private static readonly Option<bool> Explain = new("--explain")
    {
        Description = "Show for each hit why it is where it is.",
    };

    private static readonly Option<bool> TextOnly = new("--text-only")
    {
        Description = "Let only words count, and not what they mean.",
    };

    public static Command Create()
    {
        return CommandLine.Create(
            "search",
            "Finds passages that somebody may read.",
            "terroir search \"mot de passe\" --as nadia.benali",
            RunAsync,
            Query,
            AskCommand.As,
            Count,
            PerDocument,
            Collections,
            Labels,
            MediaTypes,
            From,
            Before,
            ValidOn,
            Explain,
            TextOnly);
    }

    private static Option<int> Number(string name, string description, int value)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > SearchRequest.HitCountMax)
            {
                result.AddError($"{name} is 1 to {SearchRequest.HitCountMax}.");
            }
        });
        return option;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var site = CommandLine.Open(parsed);
        if (await AskCommand.FindAsync(site, parsed.GetValue(AskCommand.As)!, cancellationToken) is not { } asker)
        {
            return await AskCommand.RefuseUserAsync(parsed.GetValue(AskCommand.As)!);
        }

        if (parsed.GetValue(Query) is not { Length: > 0 and <= SearchRequest.QueryLengthMax } text)
        {
            return await CommandLine.RefuseAsync("A query has 1 to 4,000 characters.");
        }

        var collections = parsed.GetValue(Collections) ?? [];
        if (Array.Find(collections, name => !CollectionId.IsValid(name)) is { } wrong)
        {
            return await CommandLine.RefuseAsync($"'{wrong}' cannot name a collection.");
        }

        var request = new SearchRequest
        {
            Query = text,
            HasSyntax = true,
            Explains = parsed.GetValue(Explain),
            Asker = asker,
            Count = parsed.GetValue(Count),
            PerDocument = parsed.GetValue(PerDocument),
            Collections = [.. collections.Select(name => new CollectionId(name))],
            Labels = parsed.GetValue(Labels) ?? [],
            MediaTypes = parsed.GetValue(MediaTypes) ?? [],
            ModifiedFrom = parsed.GetValue(From),
            ModifiedBefore = parsed.GetValue(Before),
            ValidOn = parsed.GetValue(ValidOn),
            Today = DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime),
            MeaningWeight = parsed.GetValue(TextOnly) ? 0 : null,
        };
        var result = await site.Services.GetRequiredService<IRetriever>().SearchAsync(request, cancellationToken);
        await site.Services.GetRequiredService<EventLog>().NoteSearchAsync(asker.User);
        var response = SearchResponse.From(result);
        CommandLine.Print(
            parsed,
            response,
            [
                response.Hits.Count > 0
                    ? Draw(response.Hits)
                    : Terminal.Plain("Nothing that this person may read holds these words."),
                .. response.Suggestion is { } better
                    ? [Terminal.Plain($"Did you mean: {Line(better)}")]
                    : Array.Empty<Text>(),
            ]);
        return ExitCode.Done;
    }

    private static Grid Draw(IReadOnlyList<HitResponse> hits)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().RightAligned()).AddColumn();
        foreach (var hit in hits)
        {
            var place = hit.PlaceText.Length > 0 ? $", {hit.PlaceText}" : "";
            grid.AddRow(
                Terminal.Plain(hit.Score.ToString("0.000", CultureInfo.InvariantCulture)),
                Terminal.Plain($"{hit.Title}{place} ({hit.Path})", new Style(Color.Blue)));
            grid.AddRow(Text.Empty, DrawText(hit));
            foreach (var kin in hit.Duplicates)
            {
                grid.AddRow(Text.Empty, DrawKin(kin));
            }

            if (hit.Explanation is { } explanation)
            {
                grid.AddRow(Text.Empty, ExplanationTable.Draw(explanation));
            }
        }

        return grid;
    }

    /// <summary>The part of a passage around the first word that was looked for, with these words marked.</summary>
    private static Paragraph DrawText(HitResponse hit)
    {
        var first = hit.Highlights.Count > 0 ? hit.Highlights[0].Start : 0;
        var start = first > ShownBefore ? hit.Text.LastIndexOf(' ', first - ShownBefore) + 1 : 0;
        var end = Math.Min(hit.Text.Length, start + ShownLength);
        if (end < hit.Text.Length && char.IsLowSurrogate(hit.Text[end]))
        {
            end++;
        }

        var paragraph = new Paragraph(start > 0 ? "…" : "");
        foreach (var range in hit.Highlights.Where(range => range.Start >= start && range.End <= end))
        {
            paragraph.Append(Line(hit.Text[start..range.Start]));
            paragraph.Append(Line(hit.Text[range.Start..range.End]), new Style(decoration: Decoration.Bold));
            start = range.End;
        }

        return paragraph.Append(Line(hit.Text[start..end])).Append(end < hit.Text.Length ? "…" : "");
    }

    /// <summary>A line for a copy or another version.</summary>
    public static Text DrawKin(DuplicateResponse kin) => Terminal.Plain(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{WordsOf(kin.Relation)}: {kin.Title} ({kin.Path}, {kin.ModifiedAt:yyyy-MM-dd})"),
        new Style(decoration: Decoration.Dim));

    private static string WordsOf(string relation) => relation switch
    {
        "same" => "same as",
        "older" => "replaces",
        "newer" => "replaced by",
        _ => "nearly the same as",
    };

    private static string Line(string text) => Terminal.Clean(text.ReplaceLineEndings(" ").Replace('\t', ' '));
}

using System.CommandLine;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Spectre.Console;
using Spectre.Console.Rendering;
using Terroir.Access;
using Terroir.Answers;
using Terroir.Answers.Conversations;
using Terroir.Cli.Output;
using Terroir.Server;
using Terroir.Server.Callers;
using Terroir.Server.Endpoints;
using Terroir.Server.Ldap;
using Terroir.Web;

namespace Terroir.Cli.Commands;

/// <summary>Asks a question.</summary>
internal static class AskCommand
{
    public static Option<string> As { get; } = new("--as")
    {
        Description = "As whom: the id of a user who may enter, as 'terroir user list' shows it.",
        Required = true,
    };

    private static readonly Option<string> Engine = new("--engine")
    {
        Description = "Who writes: extractive, or a model of 'terroir model list'. By default the settings say who.",
        DefaultValueFactory = _ => "",
    };

    private static readonly Option<string> Conversation = new("--conversation")
    {
        Description = "Go on with a conversation by its id, or begin one with: new.",
        DefaultValueFactory = _ => "",
    };

    private static readonly Option<string> Purpose = new("--purpose")
    {
        Description = "What the answer is for, if the policies of the site ask.",
        DefaultValueFactory = _ => "",
    };

    private static readonly Option<bool> Streams = new("--stream")
    {
        Description = "Show the words of a model as it writes them, unchecked, before the answer. A terminal shows "
            + "them without it.",
    };

    public static Command Create()
    {
        var question = new Argument<string>("question") { Description = "The question." };
        return CommandLine.Create(
            "ask",
            "Answers from what somebody may read, with citations.",
            "terroir ask \"Qui déclenche le plan blanc ?\" --as nadia.benali",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                if (await FindAsync(site, parsed.GetValue(As)!, stop) is not { } asker)
                {
                    return await RefuseUserAsync(parsed.GetValue(As)!);
                }

                if (parsed.GetValue(question) is not { Length: > 0 and <= Retrieval.SearchRequest.QueryLengthMax } text)
                {
                    return await CommandLine.RefuseAsync("A question has 1 to 4,000 characters.");
                }

                if (parsed.GetValue(Streams) && parsed.GetValue(CommandLine.AsJson))
                {
                    return await CommandLine.RefuseAsync(
                        "--stream shows words and --json one object: give one of them.");
                }

                var conversation = parsed.GetValue(Conversation)!;
                if (conversation is not ("" or AskRequest.NewConversation)
                    && await site.Services.GetRequiredService<IConversations>()
                        .FindAsync(asker, conversation, stop) is null)
                {
                    return await CommandLine.RefuseAsync(
                        "There is no such conversation of that person. 'terroir conversation list' names them.");
                }

                var request = new AskRequest
                {
                    Question = text,
                    Asker = asker,
                    Engine = parsed.GetValue(Engine)!,
                    Conversation = conversation,
                    Purpose = parsed.GetValue(Purpose)!,
                };
                var answer = parsed.GetValue(Streams) || (!parsed.GetValue(CommandLine.AsJson) && IsWatched)
                    ? await StreamAsync(site, request, stop)
                    : await site.Services.GetRequiredService<IAnswerer>().AskAsync(request, stop);
                var receipt = await ReceiptFiles.WriteAsync(site, answer.Receipt, stop);
                CommandLine.Print(
                    parsed,
                    AnswerResponse.From(answer) with { Receipt = receipt },
                    Draw(answer).Append(DrawReceipt(receipt)));
                return ExitCode.Done;
            },
            question,
            As,
            Engine,
            Conversation,
            Purpose,
            Streams);
    }

    private static bool IsWatched => !Console.IsOutputRedirected;

    /// <summary>Finds a user with their groups, also those that a directory server names.</summary>
    public static async Task<Asker?> FindAsync(Site site, string user, CancellationToken cancellationToken)
    {
        await site.Services.GetRequiredService<LdapMirror>().EnsureAsync(cancellationToken);
        return site.Services.GetRequiredService<IDirectory>().Find(user);
    }

    /// <summary>Finds the roles that the settings of the site give a user by their groups.</summary>
    public static Roles RolesOf(Site site, Asker asker)
    {
        var settings = site.Services.GetRequiredService<IConfiguration>()
            .GetSection(ServerOptions.Section).Get<ServerOptions>() ?? new ServerOptions();
        return new RoleAssignment(Options.Create(settings)).Of(asker);
    }

    /// <summary>Says that nobody who may enter has this id.</summary>
    public static Task<int> RefuseUserAsync(string user) => CommandLine.RefuseAsync(
        $"Nobody may ask as '{user}': there is no such user, or they are kept out. See 'terroir user list'.");

    public static Task<Answer> AskAsync(
        Site site,
        Asker asker,
        string question,
        CancellationToken cancellationToken) =>
        site.Services.GetRequiredService<IAnswerer>().AskAsync(
            new AskRequest { Question = question, Asker = asker },
            cancellationToken);

    // What a model writes is not checked yet, so that is said before it. The answer follows and replaces it.
    private static async Task<Answer> StreamAsync(Site site, AskRequest request, CancellationToken cancellationToken)
    {
        var isWritten = false;
        await foreach (var step in site.Services.GetRequiredService<IAnswerer>()
            .StreamAsync(request, cancellationToken))
        {
            switch (step)
            {
                case AnswerText { IsChecked: false } piece:
                    if (!isWritten)
                    {
                        Terminal.Write("Not checked yet: ");
                    }

                    isWritten = true;
                    Terminal.Write(piece.Text);
                    break;
                case AnswerDone done:
                    if (isWritten)
                    {
                        Terminal.Write("\n\n");
                    }

                    return done.Answer;
            }
        }

        throw new UnreachableException("An answer ends with the whole.");
    }

    public static IRenderable DrawReceipt(string receipt) =>
        Terminal.Plain($"  receipt: {receipt}", new Style(decoration: Decoration.Dim));

    public static IEnumerable<IRenderable> Draw(Answer answer)
    {
        yield return Terminal.Plain(answer.Text, new Style(decoration: Decoration.Bold));
        foreach (var citation in answer.Citations)
        {
            var place = PlaceWords.Describe(citation.Place, ConsoleText.French);
            var title = place.Length > 0 ? $"{citation.Title}, {place}" : citation.Title;
            yield return Terminal.Indent(Terminal.Plain($"[{citation.Number}] {title}"), 2);
            yield return Terminal.Indent(
                Terminal.Plain(
                    $"{citation.Path}, version {citation.Version.Hex[..12]}, bytes {citation.Start}-{citation.End}, "
                    + "checked",
                    new Style(decoration: Decoration.Dim)),
                6);
            foreach (var kin in citation.Duplicates)
            {
                yield return Terminal.Indent(SearchCommand.DrawKin(DuplicateResponse.From(kin)), 6);
            }
        }

        foreach (var notice in answer.Notices)
        {
            yield return Terminal.Indent(Terminal.Plain($"! {notice}", new Style(Color.Yellow)), 2);
        }

        if (answer.Conversation.Length > 0)
        {
            yield return Terminal.Plain($"  answered as: {answer.Question}", new Style(decoration: Decoration.Dim));
            yield return Terminal.Plain(
                $"  go on with: --conversation {answer.Conversation}",
                new Style(decoration: Decoration.Dim));
        }

        yield return Terminal.Plain($"  provider: {answer.Provider}", new Style(decoration: Decoration.Dim));
    }
}

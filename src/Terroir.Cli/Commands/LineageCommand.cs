using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Audit;
using Terroir.Cli.Output;
using Terroir.Lineage;
using Terroir.Server;
using Terroir.Storage;

namespace Terroir.Cli.Commands;

/// <summary>Shows where a document or an answer came from, and what came from it.</summary>
internal static class LineageCommand
{
    public static Command Create()
    {
        var subject = new Argument<string>("subject")
        {
            Description = "A document: its id, or its path as answers show it. Or an answer: the id of its receipt, or "
                + "the receipt's file.",
        };
        var asker = new Option<string?>("--as")
        {
            Description = "Only what this user may see. Without it: what the operator sees.",
        };
        var prov = new Option<bool>("--prov")
        {
            Description = "Print W3C PROV-O as JSON-LD: ids and commitments, no name, path or address.",
        };
        var language = CommandLine.CreateLanguage();
        return CommandLine.Create(
            "lineage",
            "Shows where a document or an answer came from, and what came from it.",
            "terroir lineage soins/archivage-dossiers-v3.docx",
            async (parsed, stop) =>
            {
                await using var site = CommandLine.Open(parsed);
                var user = parsed.GetValue(asker);
                var viewer = user is null ? null : await AskCommand.FindAsync(site, user, stop);
                if (user is not null && viewer is null)
                {
                    return await AskCommand.RefuseUserAsync(user);
                }

                var named = parsed.GetValue(subject)!;
                if (await FindAsync(site, named, viewer, stop) is not { } root)
                {
                    return await CommandLine.RefuseAsync(
                        $"There is no document or answer '{named}', or it may not be seen. Give a document's id or "
                        + "path as 'terroir search' shows it, or the id of a receipt.");
                }

                if (parsed.GetValue(prov))
                {
                    await WriteProvAsync(site, root, stop);
                    return ExitCode.Done;
                }

                var words = LineageWords.For(parsed.GetValue(language)!);
                CommandLine.Print(parsed, root, [LineageTree.Draw(root, words)]);
                return ExitCode.Done;
            },
            subject,
            asker,
            prov,
            language);
    }

    private static async Task<LineageNode?> FindAsync(
        Site site,
        string named,
        Asker? viewer,
        CancellationToken cancellationToken)
    {
        var lineage = site.Services.GetRequiredService<ILineage>();
        if (ContentHash.TryParse(Path.GetFileNameWithoutExtension(named), out var receipt))
        {
            return await lineage.OfAnswerAsync(receipt, viewer, cancellationToken);
        }

        if (DocumentId.TryParse(named, out var id))
        {
            return await lineage.OfDocumentAsync(id, viewer, cancellationToken);
        }

        // Two sources may have the path: the one that may be seen, if it is one.
        var metastore = site.Services.GetRequiredService<IMetastore>();
        var found = new List<LineageNode>();
        foreach (var document in await NamedDocuments.FindAsync(metastore, named, cancellationToken))
        {
            if (await lineage.OfDocumentAsync(document.Version.Id, viewer, cancellationToken) is { } node)
            {
                found.Add(node);
            }
        }

        return found.Count > 1
            ? throw new FormatException(
                $"'{named}' is in several sources. Give an id: {string.Join(", ", found.Select(node => node.Id))}.")
            : found.SingleOrDefault();
    }

    private static async Task WriteProvAsync(Site site, LineageNode root, CancellationToken cancellationToken)
    {
        await using var output = Console.OpenStandardOutput();
        var identity = site.Services.GetRequiredService<LedgerIdentity>();
        await output.WriteAsync(ProvDocument.Write(identity.Site, root), cancellationToken);
        await output.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }
}

using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Cli.Output;
using Terroir.Server;
using Terroir.Server.Ldap;
using Terroir.Storage;

namespace Terroir.Cli.Commands;

/// <summary>Tells who may read what.</summary>
internal static class AccessCommand
{
    public static Command Create()
    {
        var command = new Command("access", "Tells who may read what, and why.");
        command.Subcommands.Add(CreateExplain());
        return command;
    }

    private static Command CreateExplain()
    {
        var user = new Argument<string>("user") { Description = "The id of a user." };
        var document = new Argument<string>("document")
        {
            Description = "The document: its id, or its path as answers and searches show it.",
        };
        var language = CommandLine.CreateLanguage();
        return CommandLine.Create(
            "explain",
            "Tells whether a user may read a document, through which groups and entries.",
            "terroir access explain nadia.benali soins/archivage-dossiers-v3.docx",
            (parsed, stop) => ExplainAsync(
                parsed,
                parsed.GetValue(user)!,
                parsed.GetValue(document)!,
                string.Equals(parsed.GetValue(language), "fr", StringComparison.Ordinal),
                stop),
            user,
            document,
            language);
    }

    private static async Task<int> ExplainAsync(
        ParseResult parsed,
        string user,
        string named,
        bool isFrench,
        CancellationToken cancellationToken)
    {
        await using var site = CommandLine.Open(parsed);
        var found = await NamedDocuments.FindAsync(
            site.Services.GetRequiredService<IMetastore>(),
            named,
            cancellationToken);
        if (found.Count != 1)
        {
            return await CommandLine.RefuseAsync(found.Count == 0
                ? $"There is no document '{named}'. Give its id, or its path as 'terroir search' shows it."
                : $"'{named}' is in several sources. Give an id: {string.Join(", ", found.Select(Name))}.");
        }

        var (collection, version) = found[0];
        await site.Services.GetRequiredService<LdapMirror>().EnsureAsync(cancellationToken);
        var explanation = AccessExplanation.Of(
            site.Services.GetRequiredService<IDirectory>(),
            user,
            version.Access);
        CommandLine.Print(
            parsed,
            new
            {
                user,
                document = version.Id,
                collection,
                version.Source,
                version.Path,
                explanation.MayRead,
                reason = explanation.Reason.ToString(),
                allow = explanation.Allow,
                deny = explanation.Deny,
            },
            Draw(explanation, version, isFrench));
        return ExitCode.Done;
    }

    private static string Name(NamedDocument document) => $"{document.Version.Id} ({document.Version.Source})";

    private static IEnumerable<string> Draw(AccessExplanation explanation, DocumentVersion version, bool isFrench)
    {
        yield return AccessText.Describe(explanation, version.Path, isFrench);
        foreach (var (entry, isDeny) in explanation.Deny.Select(entry => (entry, true))
            .Concat(explanation.Allow.Select(entry => (entry, false))))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"  {(entry.IsMet ? "*" : " ")} {AccessText.Verb(isDeny, isFrench)} {entry.Entry}"
                + $"{string.Concat(entry.Through.Select(chain => $"  ({string.Join(" < ", chain)})"))}");
        }
    }
}

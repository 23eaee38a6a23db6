using System.CommandLine;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Access;
using Terroir.Catalog;
using Terroir.Cli.Output;
using Terroir.Provenance.Events;
using Terroir.Provenance.Json;
using Terroir.Retention;
using Terroir.Server;
using Terroir.Server.Ldap;
using Terroir.Storage.Embedded;

namespace Terroir.Cli.Commands;

/// <summary>Exports what the site holds about a person.</summary>
internal static class SubjectCommand
{
    private const string ManifestType = "application/vnd.terroir.subject-export+json";

    private const UnixFileMode OwnerEnters = DurableFile.OwnerOnly | UnixFileMode.UserExecute;

    private static readonly Argument<string> Person = new("person")
    {
        Description = "The person: a name of two words or more, or an identifier of 6 digits or more.",
    };

    private static readonly Option<string> Output = new("--output", "-o")
    {
        Description = "The folder of the export; new or empty.",
        Required = true,
    };

    private static readonly Option<string?> User = new("--user")
    {
        Description = "The person's id as a user: also their account, questions and answers.",
    };

    private static readonly Option<bool> Redact = new("--redact-others")
    {
        Description = "Replace personal data of others by its kind, as far as it is recognised; no originals then.",
    };

    public static Command Create()
    {
        var command = new Command("subject", "Serves the rights of persons whom documents name.");
        command.Subcommands.Add(CommandLine.Create(
            "export",
            "Exports the documents that name a person, and what they asked, with a signed list of the files.",
            "terroir subject export 'Élise Martin' -o ./martin --redact-others",
            ExportAsync,
            Person,
            Output,
            User,
            Redact));
        return command;
    }

    private static async Task<int> ExportAsync(ParseResult parsed, CancellationToken stop)
    {
        var asked = parsed.GetValue(Person)!;
        if (PersonMention.TryRead(asked) is not { } person)
        {
            return await CommandLine.RefuseAsync(
                $"'{asked}' would be found everywhere. Give a first and a last name, or an identifier of 6 digits or "
                + "more.");
        }

        var folder = Path.GetFullPath(parsed.GetValue(Output)!);
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            return await CommandLine.RefuseAsync($"'{folder}' is not empty. Name a new folder with --output.");
        }

        await using var site = CommandLine.Open(parsed);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await OperatorLog.RecordAsync(site, EventKinds.SubjectExported, subject: null, asked, stop);
        _ = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(folder)
            : Directory.CreateDirectory(folder, OwnerEnters);
        var count = await WriteDocumentsAsync(site, person, parsed.GetValue(Redact), folder, files, stop);
        if (parsed.GetValue(User) is { } user)
        {
            await WriteUserAsync(site, user, folder, files, stop);
        }

        var manifest = Encoding.UTF8.GetBytes(CommandLine.Serialize(new
        {
            format = 1,
            site = site.Services.GetRequiredService<SiteIdentity>().Id,
            madeAt = TimeProvider.System.GetUtcNow(),
            isRedacted = parsed.GetValue(Redact),
            documents = count,
            files,
        }));
        var key = site.Services.GetRequiredService<SiteIdentity>().Key;
        DurableFile.Replace(
            Path.Combine(folder, "manifest.json"),
            DsseEnvelope.Sign(ManifestType, manifest, key).ToBytes(),
            DurableFile.OwnerOnly);
        CommandLine.Print(
            parsed,
            new { folder, documents = count, files = files.Count },
            [$"{Terminal.Count(count, "document")} in {folder}. The list of {files.Count} files is signed."]);
        return ExitCode.Done;
    }

    private static async Task<int> WriteDocumentsAsync(
        Site site,
        PersonMention person,
        bool isRedacted,
        string folder,
        SortedDictionary<string, string> files,
        CancellationToken stop)
    {
        var count = 0;
        await foreach (var item in site.Services.GetRequiredService<SubjectData>()
            .ReadDocumentsAsync(person, isRedacted, stop))
        {
            count++;
            var version = item.Document.Version;
            Write(folder, $"documents/{version.Id}.json", Json(new
            {
                collection = item.Document.Address.Collection,
                id = version.Id,
                source = version.Source,
                path = isRedacted ? null : version.Path,
                title = isRedacted ? null : version.Title,
                version = version.Version,
                modifiedAt = version.ModifiedAt,
                ingestedAt = version.IngestedAt,
                label = version.Label,
                readers = version.Access,
                mentions = item.Document.MentionCount,
                text = item.Text,
            }), files);
            if (item.Original is { } original)
            {
                Write(folder, $"originals/{version.Id}{ExtensionOf(version.Path)}", original.Span, files);
            }
        }

        return count;
    }

    private static async Task WriteUserAsync(
        Site site,
        string user,
        string folder,
        SortedDictionary<string, string> files,
        CancellationToken stop)
    {
        await site.Services.GetRequiredService<LdapMirror>().EnsureAsync(stop);
        var directory = site.Services.GetRequiredService<IDirectory>();
        Write(folder, "account.json", Json(new
        {
            user = directory.Users.FirstOrDefault(item => string.Equals(item.Id, user, StringComparison.Ordinal)),
            principals = directory.Find(user)?.Principals,
        }), files);
        var answers = new List<SubjectAnswer>();
        await foreach (var answer in site.Services.GetRequiredService<SubjectData>()
            .ReadAnswersAsync($"user:{user}", stop))
        {
            answers.Add(answer);
        }

        Write(folder, "answers.json", Json(answers), files);
    }

    private static byte[] Json(object value) => Encoding.UTF8.GetBytes(CommandLine.Serialize(value));

    // A name that a source made up must not become a path.
    private static string ExtensionOf(string path)
    {
        var extension = Path.GetExtension(path);
        return extension.Length is > 1 and <= 8 && extension.Skip(1).All(char.IsAsciiLetterOrDigit) ? extension : "";
    }

    private static void Write(
        string folder,
        string name,
        ReadOnlySpan<byte> content,
        SortedDictionary<string, string> files)
    {
        DurableFile.Replace(Path.Combine(folder, name), content, DurableFile.OwnerOnly);
        files[name] = ContentHash.Of(content).Hex;
    }
}

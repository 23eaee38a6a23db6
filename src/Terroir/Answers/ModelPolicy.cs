using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using Terroir.Models;
using Terroir.Protection.PersonalData;
using Terroir.Sovereignty;

namespace Terroir.Answers;

/// <summary>Asks the policies of the site whether passages may be given to a model.</summary>
/// <param name="policies">The policies; a site without any decides by <see cref="ModelGate"/> alone.</param>
/// <param name="scanner">Finds what is personal in what is sent; made once policies are asked.</param>
internal sealed class ModelPolicy(IProcessingPolicies policies, Lazy<PersonalDataScanner> scanner)
{
    private const string Operation = "generate";
    private const string GroupPrefix = "group:";

    // What this machine can do in the place of a model: extracts need none.
    private static readonly ProcessingEndpoint Extracts = Here("extractive");

    // What a finding says of a text; numbers of companies and of professionals say nothing of a person's life.
    private static readonly Dictionary<string, string> Categories = new(StringComparer.Ordinal)
    {
        [PersonalDataKind.Person] = "identity",
        [PersonalDataKind.BirthDate] = "identity",
        [PersonalDataKind.Nir] = "identity",
        [PersonalDataKind.TaxNumber] = "identity",
        [PersonalDataKind.Passport] = "identity",
        [PersonalDataKind.IdentityCard] = "identity",
        [PersonalDataKind.MachineLine] = "identity",
        [PersonalDataKind.Address] = "contact",
        [PersonalDataKind.Email] = "contact",
        [PersonalDataKind.Phone] = "contact",
        [PersonalDataKind.Plate] = "contact",
        [PersonalDataKind.Iban] = "financial",
        [PersonalDataKind.Rib] = "financial",
        [PersonalDataKind.Card] = "financial",
        [PersonalDataKind.PatientNumber] = DataLabels.Health,
    };

    /// <summary>Decides.</summary>
    /// <param name="request">Who asks, and what.</param>
    /// <param name="prompt">What the model would be given.</param>
    /// <param name="options">Where a server of models is.</param>
    /// <param name="local">The model, if it is of this process.</param>
    /// <returns>What they say; <see langword="null"/> if the site has no policies.</returns>
    /// <exception cref="PolicyInvalidException">The policies cannot be used.</exception>
    public PolicyVerdict? Decide(AskRequest request, PassagePrompt prompt, ModelsOptions options, LocalModel? local)
    {
        if (policies.Find() is not { } found)
        {
            return null;
        }

        var decision = found.Decide(
            new ProcessingRequest(
                request.Asker.User,
                [.. request.Asker.Principals
                    .Where(principal => principal.StartsWith(GroupPrefix, StringComparison.Ordinal))
                    .Select(principal => principal[GroupPrefix.Length..])],
                Operation,
                Purpose: null,
                LabelsOf(prompt),
                local is null ? ServerOf(options) : Here(local.Id)),
            Extracts);
        return new PolicyVerdict(decision, found.Digest);
    }

    /// <summary>Takes what is personal out of a prompt.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="names">Puts it back into what the model writes.</param>
    /// <returns>The prompt without it; <see langword="null"/> if something would be left.</returns>
    public PassagePrompt? Redact(PassagePrompt prompt, out Pseudonyms names)
    {
        names = new Pseudonyms();
        var messages = new List<ChatMessage>(prompt.Messages);
        var data = messages[^1].Text;
        var found = scanner.Value.Scan(data).Where(finding => CategoryOf(finding) is not null);
        messages[^1] = new ChatMessage(messages[^1].Role, names.Replace(data, [.. found]));
        var redacted = prompt with { Messages = messages };
        return PersonalIn(redacted).IsEmpty ? redacted : null;
    }

    // The join over all that is sent: titles and headings stand in the messages too.
    private DataLabels LabelsOf(PassagePrompt prompt) => prompt.Passages
        .Select(hit => new DataLabels { Classification = ClassificationNames.Read(hit.Document.Label) })
        .Aggregate(
            new DataLabels { Personal = PersonalIn(prompt) },
            (all, next) => all.Join(next));

    private ImmutableSortedSet<string> PersonalIn(PassagePrompt prompt) => scanner.Value
        .Scan(string.Join('\n', prompt.Messages.Select(message => message.Text)))
        .Select(CategoryOf)
        .OfType<string>()
        .ToImmutableSortedSet(StringComparer.Ordinal);

    private static string? CategoryOf(PersonalDataFinding finding) =>
        finding.Kind.StartsWith(PersonalDataKind.NationalIdPrefix, StringComparison.Ordinal)
            ? "identity"
            : Categories.GetValueOrDefault(finding.Kind);

    private static ProcessingEndpoint ServerOf(ModelsOptions options) => new(
        options.Model,
        IsLocal: Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var address) && ModelGate.IsThisMachine(address),
        options.Operator,
        options.Law,
        options.Region,
        options.Certifications.ToImmutableSortedSet(StringComparer.Ordinal),
        CarbonGramsPerKilowattHour: null);

    private static ProcessingEndpoint Here(string name) =>
        new(name, IsLocal: true, "", "", "", ImmutableSortedSet<string>.Empty, CarbonGramsPerKilowattHour: null);
}

using System.Collections.Immutable;
using System.Net;
using Terroir.Models;
using Terroir.Protection.PersonalData;
using Terroir.Sovereignty;

namespace Terroir.Answers;

/// <summary>Asks the policies of the site whether passages may be given to a model.</summary>
/// <param name="policies">The policies; a site without any decides by <see cref="ModelGate"/> alone.</param>
/// <param name="scanner">Finds what is personal in the passages.</param>
internal sealed class ModelPolicy(IProcessingPolicies policies, PersonalDataScanner scanner)
{
    private const string Operation = "generate";
    private const string GroupPrefix = "group:";

    // What this machine can do in the place of a model: extracts need none.
    private static readonly ProcessingEndpoint Extracts = Here("extractive");

    // What a finding says of a text; numbers of companies and of professionals say nothing of a person's life.
    private static readonly Dictionary<string, string> Categories = new(StringComparer.Ordinal)
    {
        ["person"] = "identity",
        ["birth-date"] = "identity",
        ["nir"] = "identity",
        ["nif"] = "identity",
        ["passport"] = "identity",
        ["identity-card"] = "identity",
        ["mrz"] = "identity",
        ["address"] = "contact",
        ["email"] = "contact",
        ["phone"] = "contact",
        ["plate"] = "contact",
        ["iban"] = "financial",
        ["rib"] = "financial",
        ["card"] = "financial",
        ["patient-number"] = DataLabels.Health,
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
                LabelsOf(request, prompt),
                local is null ? ServerOf(options) : Here(local.Id)),
            Extracts);
        return new PolicyVerdict(decision, found.Digest);
    }

    // The join over all that is sent.
    private DataLabels LabelsOf(AskRequest request, PassagePrompt prompt)
    {
        var labels = prompt.Passages
            .Select(hit => new DataLabels { Classification = ClassificationNames.Read(hit.Document.Label) })
            .Aggregate(new DataLabels(), (all, next) => all.Join(next));
        return prompt.Passages
            .Select(hit => hit.Text)
            .Append(request.Question)
            .Select(text => new DataLabels { Personal = PersonalIn(text) })
            .Aggregate(labels, (all, next) => all.Join(next));
    }

    private ImmutableSortedSet<string> PersonalIn(string text) => scanner.Scan(text)
        .Select(finding => finding.Kind.StartsWith("national-id-", StringComparison.Ordinal)
            ? "identity"
            : Categories.GetValueOrDefault(finding.Kind))
        .OfType<string>()
        .ToImmutableSortedSet(StringComparer.Ordinal);

    private static ProcessingEndpoint ServerOf(ModelsOptions options) => new(
        options.Model,
        IsLocal: Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var address)
            && (address.IsLoopback
                || (IPAddress.TryParse(address.IdnHost.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip))),
        options.Operator,
        options.Law,
        options.Region,
        options.Certifications.ToImmutableSortedSet(StringComparer.Ordinal),
        CarbonGramsPerKilowattHour: null);

    private static ProcessingEndpoint Here(string name) =>
        new(name, IsLocal: true, "", "", "", ImmutableSortedSet<string>.Empty, CarbonGramsPerKilowattHour: null);
}

using System.Globalization;
using System.Text;
using Terroir.Models;
using Terroir.Provenance.Receipts;

namespace Terroir.Answers;

/// <summary>A model that wrote a draft, and what it was asked.</summary>
/// <param name="Options">How it is called.</param>
/// <param name="Prompt">The whole prompt.</param>
/// <param name="Template">The prompt without passages and question.</param>
internal sealed record ModelUse(ModelsOptions Options, string Prompt, string Template)
{
    /// <summary>The model, if it ran in this process.</summary>
    public LocalModel? Local { get; init; }

    public static ModelUse Of(ModelsOptions options, PassagePrompt prompt, AnswerWords words) => new(
        options,
        string.Join("\n\n", prompt.Messages.Select(message => $"{message.Role}: {message.Text}")),
        words.ModelRules);

    /// <summary>What a receipt states of it. A server of models tells neither weights nor seed, so nothing is claimed
    /// of them, nor that the same prompt would give the same answer.</summary>
    public ModelFacts ToFacts()
    {
        if (Local is { } local)
        {
            return new ModelFacts(
                new ReceiptModel(
                    local.Id,
                    local.Card,
                    local.Weights,
                    local.Tokenizer,
                    EndpointOf(Options, local),
                    new ReceiptSampling(Options.Temperature, TopP: 1, Seed: 0, Options.OutputTokensMax),
                    Hash(Template),
                    Prompt: default,

                    // Questions that are asked at once share runs, whose sums round in another way.
                    IsReplayable: false),
                Prompt);
        }

        var endpoint = EndpointOf(Options, local: null);
        var card = string.Create(CultureInfo.InvariantCulture, $"{Options.Model}\n{endpoint}");
        return new ModelFacts(
            new ReceiptModel(
                Options.Model,
                Hash(card),
                Weights: null,
                Tokenizer: null,
                endpoint,
                new ReceiptSampling(Options.Temperature, TopP: 1, Seed: null, Options.OutputTokensMax),
                Hash(Template),
                Prompt: default,
                IsReplayable: false),
            Prompt);
    }

    /// <summary>Where a model runs, as the ledger has it: host and port of its server, or <c>in-process</c>.</summary>
    /// <param name="options">How it is called.</param>
    /// <param name="local">The model, if it runs in this process.</param>
    public static string EndpointOf(ModelsOptions options, LocalModel? local) =>
        local is not null ? "in-process"
        : Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var server) ? server.Authority
        : options.Endpoint;

    private static ContentHash Hash(string text) => ContentHash.Of(Encoding.UTF8.GetBytes(text));
}

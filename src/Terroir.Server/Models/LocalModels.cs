using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Terroir.Inference.Onnx.Catalogue;
using Terroir.Inference.Onnx.Runtime;
using Terroir.Inference.Onnx.Tokenizers;
using Terroir.Models;

namespace Terroir.Server.Models;

/// <summary>Opens the models of the catalogue, each once.</summary>
internal sealed class LocalModels(
    ModelCatalogue catalogue,
    AllowedLibraries libraries,
    IOptions<ModelsOptions> options,
    TimeProvider timeProvider) : ILocalModels, IAsyncDisposable
{
    /// <summary>How many bytes a token of a passage has at least, on average.</summary>
    private const int TokenSizeMinBytes = 2;

    /// <summary>What the rules, the question and the titles of passages take at most.</summary>
    private const int RulesTokensMax = 4_096;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LocalModel> _open = new(StringComparer.Ordinal);

    public IReadOnlyList<string> List() => catalogue.ListIds(ModelKind.Language);

    public LocalModel Open(string id)
    {
        // A model that was removed since is not asked any more.
        var card = catalogue.Find(id, ModelKind.Language);
        lock (_lock)
        {
            if (!_open.TryGetValue(card.Id, out var model))
            {
                model = Open(card);
                _open.Add(card.Id, model);
            }

            return model;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var model in _open.Values)
        {
            if (model.Client is IAsyncDisposable client)
            {
                await client.DisposeAsync();
            }
        }
    }

    // A sequence takes memory for all of its places from the start, and models can have far more of them than a prompt
    // fills: a token of prose is hardly ever less than two bytes.
    private static int ContextMax(ModelsOptions limits) =>
        (limits.ContextSizeMaxBytes / TokenSizeMinBytes) + limits.OutputTokensMax + RulesTokensMax;

    // Fewer answers at once where memory is short; a model that does not fit alone is refused when it is loaded.
    private static OnnxModelOptions Fit(string folder, ModelsOptions limits)
    {
        var run = new OnnxModelOptions
        {
            Sequences = limits.ConcurrentAnswers,
            Context = ContextMax(limits),
            MemoryMaxBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        };
        while (run.Sequences > 1 && OnnxModel.MemoryBytes(folder, run) > run.MemoryMaxBytes)
        {
            run = run with { Sequences = run.Sequences - 1 };
        }

        return run;
    }

    private LocalModel Open(ModelCard card)
    {
        catalogue.VerifyCard(card);
        libraries.Load();
        var folder = catalogue.FolderOf(card);
        var client = new OnnxChatClient(
            folder,
            new TextCodec(TokenizerFiles.Open(folder)),
            new OnnxChatClientOptions
            {
                ModelId = card.Id,
                OutputTokensMax = options.Value.OutputTokensMax,
                Model = Fit(folder, options.Value),
            },
            timeProvider);
        return new LocalModel(
            card.Id,
            client,
            catalogue.HashOfCard(card),
            card.Files.FirstOrDefault(file => file.Name.EndsWith(".data", StringComparison.Ordinal))?.Sha256,
            ModelCatalogue.VocabularyOf(card)?.Sha256,
            client.Context,
            client.CountTokens,
            request => new ChatOptions
            {
                AdditionalProperties = new()
                {
                    [OnnxChatClient.CitationsKey] = request.Passages,
                    [OnnxChatClient.PrefixKeyKey] = new PrefixKey(request.Generation, request.Permissions),
                },
            });
    }
}

using Microsoft.Extensions.Options;
using Terroir.Inference.Onnx.Catalogue;
using Terroir.Inference.Onnx.Runtime;
using Terroir.Inference.Onnx.Tokenizers;
using Terroir.Models;
using Terroir.Retrieval.Encoders;

namespace Terroir.Server.Models;

/// <summary>Opens the encoders of the catalogue, each once; what is open stays so.</summary>
internal sealed class SiteEncoders(
    ModelCatalogue catalogue,
    AllowedLibraries libraries,
    IOptions<ModelsOptions> options) : IPassageEncoders, IDisposable
{
    // Others must be able to search while passages are embedded.
    private static readonly int ThreadCount = Math.Max(1, Environment.ProcessorCount / 2);

    private readonly Lock _lock = new();
    private readonly Dictionary<ContentHash, (OnnxEncoder Encoder, PassageEncoder Opened)> _open = [];
    private (OnnxEncoder Encoder, PassageReranker Opened)? _reranker;

    public EncoderName? CurrentName => options.Value.Encoder is { Length: > 0 } id
        && catalogue.Find(id, ModelKind.Encoder) is var card
            ? new EncoderName(card.Id, catalogue.HashOfCard(card))
            : null;

    public PassageEncoder? Current => options.Value.Encoder is { Length: > 0 } id
        ? Open(catalogue.Find(id, ModelKind.Encoder))
        : null;

    public PassageReranker? Reranker => options.Value.Reranker is { Length: > 0 } id
        ? OpenReranker(catalogue.Find(id, ModelKind.Reranker))
        : null;

    public PassageEncoder? Find(EncoderName name)
    {
        lock (_lock)
        {
            if (_open.TryGetValue(name.Card, out var known))
            {
                return known.Opened;
            }
        }

        return catalogue.ListIds(ModelKind.Encoder).Contains(name.Id, StringComparer.Ordinal)
            && catalogue.Find(name.Id) is var card
            && catalogue.HashOfCard(card) == name.Card
                ? Open(card)
                : null;
    }

    public void Dispose()
    {
        foreach (var (encoder, _) in _open.Values)
        {
            encoder.Dispose();
        }

        _reranker?.Encoder.Dispose();
    }

    private PassageEncoder Open(ModelCard card)
    {
        var name = new EncoderName(card.Id, catalogue.HashOfCard(card));
        lock (_lock)
        {
            if (_open.TryGetValue(name.Card, out var known))
            {
                return known.Opened;
            }

            var (encoder, codec) = Load(card);
            var opened = new PassageEncoder(
                name,
                encoder.Shape.Hidden,
                new OnnxEmbeddingGenerator(encoder, codec, card.Id, card.PassagePrefix ?? string.Empty),
                new OnnxEmbeddingGenerator(encoder, codec, card.Id, card.QueryPrefix ?? string.Empty));
            _open.Add(name.Card, (encoder, opened));
            return opened;
        }
    }

    // The settings name one, for as long as the process runs.
    private PassageReranker OpenReranker(ModelCard card)
    {
        lock (_lock)
        {
            if (_reranker is { } known)
            {
                return known.Opened;
            }

            var (encoder, codec) = Load(card);
            var opened = new PassageReranker(
                new EncoderName(card.Id, catalogue.HashOfCard(card)),
                (query, passage) => encoder.Score(codec.EncodePair(query, passage, encoder.Shape.TokensMax)));
            _reranker = (encoder, opened);
            return opened;
        }
    }

    private (OnnxEncoder Encoder, EncoderCodec Codec) Load(ModelCard card)
    {
        catalogue.VerifyCard(card);
        libraries.Load();
        var folder = catalogue.FolderOf(card);
        var codec = new EncoderCodec(TokenizerFiles.Open(folder));
        return (OnnxEncoder.Load(folder, ThreadCount), codec);
    }
}

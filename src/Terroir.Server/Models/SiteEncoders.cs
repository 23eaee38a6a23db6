using Microsoft.Extensions.Options;
using Terroir.Audit;
using Terroir.Inference.Onnx.Catalogue;
using Terroir.Inference.Onnx.Runtime;
using Terroir.Inference.Onnx.Tokenizers;
using Terroir.Models;
using Terroir.Retrieval.Encoders;

namespace Terroir.Server.Models;

/// <summary>Opens the encoders of the catalogue, or that of a server, each once; what is open stays so.</summary>
internal sealed class SiteEncoders(
    ModelCatalogue catalogue,
    AllowedLibraries libraries,
    IOptions<ModelsOptions> options,
    EventLog log,
    TimeProvider timeProvider,
    ILogger<ServedEncoder> logger) : IPassageEncoders, IDisposable
{
    // Others must be able to search while passages are embedded.
    private static readonly int ThreadCount = Math.Max(1, Environment.ProcessorCount / 2);

    private readonly Lock _lock = new();
    private readonly Dictionary<ContentHash, (OnnxEncoder Encoder, PassageEncoder Opened)> _open = [];
    private (OnnxEncoder Encoder, PassageReranker Opened)? _reranker;
    private ServedEncoder? _served;

    public EncoderName? CurrentName => options.Value switch
    {
        { HasEncoderServer: true } settings => ServedEncoder.NameOf(settings),
        { Encoder: { Length: > 0 } id } when catalogue.Find(id, ModelKind.Encoder) is var card =>
            new EncoderName(card.Id, catalogue.HashOfCard(card)),
        _ => null,
    };

    public PassageEncoder? Current => options.Value switch
    {
        { HasEncoderServer: true } => OpenServed(),
        { Encoder: { Length: > 0 } id } => Open(catalogue.Find(id, ModelKind.Encoder)),
        _ => null,
    };

    public PassageReranker? Reranker => options.Value.Reranker is { Length: > 0 } id
        ? OpenReranker(catalogue.Find(id, ModelKind.Reranker))
        : null;

    public PassageEncoder? Find(EncoderName name)
    {
        if (options.Value.HasEncoderServer && ServedEncoder.NameOf(options.Value).Card == name.Card)
        {
            return OpenServed();
        }

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
        _served?.Dispose();
    }

    private PassageEncoder OpenServed()
    {
        lock (_lock)
        {
            return (_served ??= new ServedEncoder(options.Value, log, timeProvider, logger)).Opened;
        }
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

using Terroir.Inference.Onnx.Catalogue;
using Terroir.Inference.Onnx.Quantisation;
using Terroir.Inference.Onnx.Runtime;
using Terroir.Inference.Onnx.Tests.Tokenizers;
using Terroir.Inference.Onnx.Tests.Weights;
using Terroir.Inference.Onnx.Tokenizers;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Tests.Catalogue;

/// <summary>Encoders and rerankers in the catalogue of models.</summary>
public sealed class EncoderCatalogueTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("terroir-encoders-").FullName;
    private readonly ModelCatalogue _catalogue;

    public EncoderCatalogueTests() => _catalogue = new ModelCatalogue(
        Path.Combine(_folder, "models"),
        new PlainDisk(),
        new PlainSeal("site"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("bert", "bert.", false, ModelKind.Encoder)]
    [InlineData("roberta", "roberta.", false, ModelKind.Encoder)]
    [InlineData("xlm-roberta", "roberta.", true, ModelKind.Reranker)]
    public void An_encoder_or_a_reranker_is_imported_and_says_what_it_is(
        string type,
        string prefix,
        bool hasScore,
        ModelKind kind)
    {
        var card = Import(Write("tiny-one", type, prefix, hasScore));

        Assert.Equal((kind, type, 300), (card.Kind, card.Architecture, card.Vocabulary));
        Assert.InRange(card.Parameters, 300 * 24, 100_000);
        _catalogue.Verify(card, progress: null, Stop);
        Assert.Equivalent(card, _catalogue.Find("tiny-one", kind));
        Assert.Equal([card.Id], _catalogue.ListIds(kind));
        Assert.Empty(_catalogue.ListIds(ModelKind.Language));
        Assert.Equal(
            ModelProblem.NotLanguage,
            Assert.Throws<ModelUnusableException>(() => _catalogue.Find(card.Id, ModelKind.Language)).Problem);
        var codec = new EncoderCodec(TokenizerFiles.Open(_catalogue.FolderOf(card)));
        using var encoder = OnnxEncoder.Load(_catalogue.FolderOf(card), threads: 1);
        Assert.Equal(24, encoder.Embed(codec.Encode("le plan blanc", encoder.Shape.TokensMax)).Length);
    }

    [Fact]
    public void How_its_vectors_are_made_is_a_part_of_what_a_model_is()
    {
        var plain = Import(Write("tiny", "bert", "", hasScore: false));
        var folder = Write("tiny", "bert", "", hasScore: false);
        File.WriteAllText(
            Path.Combine(folder, "config_sentence_transformers.json"),
            """{"prompts":{"query":"query: ","document":"passage: "}}""");
        var prompted = Import(folder);

        Assert.Equal((null, null), (plain.QueryPrefix, plain.PassagePrefix));
        Assert.Equal(("query: ", "passage: "), (prompted.QueryPrefix, prompted.PassagePrefix));
        Assert.NotEqual(plain.Id, prompted.Id, StringComparer.Ordinal);
    }

    [Fact]
    public void A_layer_after_pooling_is_refused()
    {
        var folder = Write("tiny", "bert", "", hasScore: false);
        File.WriteAllText(
            Path.Combine(folder, "modules.json"),
            """[{"type":"sentence_transformers.models.Pooling"},{"type":"sentence_transformers.models.Dense"}]""");

        Assert.Equal(
            WeightsProblem.UnsupportedArchitecture,
            Assert.Throws<WeightsUnusableException>(() => Import(folder)).Problem);
    }

    private string Write(string name, string type, string prefix, bool hasScore)
    {
        var shape = new EncoderShape
        {
            Layers = 1,
            Hidden = 24,
            FeedForward = 32,
            Heads = 4,
            Vocabulary = 300,
            Positions = 40,
            TokenTypes = 2,
            FirstPosition = type is "bert" ? 0 : 2,
            HasScore = hasScore,
        };
        var folder = Path.Combine(_folder, name);
        new TinyEncoder(shape, type, prefix, seed: 1).Write(folder);
        File.Copy(MadeVocabulary.Find("bert.json"), Path.Combine(folder, "tokenizer.json"), overwrite: true);
        return folder;
    }

    private ModelCard Import(string folder) => new ModelImporter(_catalogue).Import(
        folder,
        vocabulary: null,
        WeightPrecision.Full,
        new Progress<ModelProgress>(),
        Stop);
}

using Terroir.Inference.Onnx.Catalogue;
using Terroir.Inference.Onnx.Quantisation;
using Terroir.Inference.Onnx.Runtime;
using Terroir.Inference.Onnx.Tests.Tokenizers;
using Terroir.Inference.Onnx.Tests.Weights;
using Terroir.Inference.Onnx.Tokenizers;

namespace Terroir.Inference.Onnx.Tests.Catalogue;

public sealed class ModelCatalogueTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("terroir-models-").FullName;
    private readonly PlainDisk _disk = new();
    private readonly ModelCatalogue _catalogue;

    public ModelCatalogueTests() => _catalogue = new ModelCatalogue(
        Path.Combine(_folder, "models"),
        _disk,
        new PlainSeal("site"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Gguf => SharedData.Model("stories260K/stories260K.gguf");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("stories260K.gguf", "vocabulary.gguf")]
    [InlineData("stories260K.bin", "tokenizer.bin")]
    public void A_model_is_imported_from_one_file(string name, string vocabulary)
    {
        var card = Import(SharedData.Model($"stories260K/{name}"));
        Assert.StartsWith("stories260k-", card.Id, StringComparison.Ordinal);
        Assert.Equal(260_032, card.Parameters);
        Assert.Equal(512, card.Context);
        Assert.Contains(card.Sources, file => string.Equals(file.Name, name, StringComparison.Ordinal));
        Assert.Equal(vocabulary, ModelCatalogue.VocabularyOf(card)!.Name);
        Assert.Equivalent(card, Assert.Single(_catalogue.List()));
        _catalogue.Verify(card, progress: null, Stop);

        var codec = new TextCodec(TokenizerFiles.Open(_catalogue.FolderOf(card)));
        using var model = OnnxModel.Load(_catalogue.FolderOf(card), new OnnxModelOptions { Threads = 1 });
        Assert.Equal(512, model.Prefill(0, [.. codec.EncodeChat([new ChatTurn("user", "Once")])], Stop).Length);
    }

    [Fact]
    public void A_model_is_imported_from_a_folder_as_its_makers_publish_it()
    {
        var folder = SafetensorsFolder.Write(
            new TinyModel(TinyShapes.Small with { Vocabulary = 480 }, seed: 1),
            Directory.CreateDirectory(Path.Combine(_folder, "Tiny Model_v1")).FullName,
            files: 2);
        File.Copy(MadeVocabulary.Find("mistral.json"), Path.Combine(folder, "tokenizer.json"));
        File.WriteAllText(
            Path.Combine(folder, "tokenizer_config.json"),
            """{"bos_token":"<s>","eos_token":{"content":"</s>"},"chat_template":"[INST] x[/INST]"}""");
        File.WriteAllText(Path.Combine(folder, "README.md"), "---\nlicense: apache-2.0\n---\nA model.");
        File.WriteAllText(Path.Combine(folder, "LICENSE"), "Permission is granted.");
        File.WriteAllText(Path.Combine(folder, "modeling_tiny.py"), "raise SystemExit()");
        File.WriteAllBytes(Path.Combine(folder, "pytorch_model.bin"), [.. "PK\u0003\u0004"u8]);

        var card = Import(folder);

        Assert.StartsWith("tiny-model-v1-", card.Id, StringComparison.Ordinal);
        Assert.Equal("apache-2.0", card.Licence);
        string[] kept = [.. card.Files.Select(file => file.Name)];
        Assert.Contains("LICENSE", kept, StringComparer.Ordinal);
        Assert.Contains("tokenizer_config.json", kept, StringComparer.Ordinal);
        string[] files = [.. card.Sources.Select(file => file.Name), .. kept];
        Assert.DoesNotContain(files, file => file.EndsWith(".py", StringComparison.Ordinal));
        Assert.DoesNotContain("pytorch_model.bin", files, StringComparer.Ordinal);
        Assert.Equal(kept.Order(StringComparer.Ordinal), kept, StringComparer.Ordinal);
        Assert.Equal(1, new TextCodec(TokenizerFiles.Open(_catalogue.FolderOf(card))).BeginToken);
    }

    [Fact]
    public void A_vocabulary_may_lie_elsewhere_under_any_name()
    {
        var weights = SafetensorsFolder.Write(
            new TinyModel(TinyShapes.Small with { Vocabulary = 512 }, seed: 1),
            Directory.CreateDirectory(Path.Combine(_folder, "tiny")).FullName);
        var json = Import(weights, vocabulary: MadeVocabulary.Find("mistral.json"));
        Assert.Equal("tokenizer.json", ModelCatalogue.VocabularyOf(json)!.Name);
        Assert.Contains(json.Sources, file => string.Equals(file.Name, "mistral.json", StringComparison.Ordinal));
        var gguf = Import(weights, vocabulary: Gguf);
        Assert.Equal("vocabulary.gguf", ModelCatalogue.VocabularyOf(gguf)!.Name);
        Assert.Equal(512, TokenizerFiles.Open(_catalogue.FolderOf(gguf)).VocabularySize);
    }

    [Fact]
    public void The_same_file_is_the_same_model_and_another_precision_is_another()
    {
        var card = Import(Gguf);
        _disk.StopAfter(0);
        Assert.Equivalent(card, Import(Gguf));
        _disk.StopAfter(int.MaxValue);
        Assert.NotEqual(card.Id, Import(Gguf, WeightPrecision.EightBits).Id, StringComparer.Ordinal);
        Assert.Equal(ModelProblem.Ambiguous, Assert.Throws<ModelUnusableException>(
            () => _catalogue.Find("stories260k")).Problem);
        Assert.Equal(card.Id, _catalogue.Find(card.Id[..^2]).Id, StringComparer.Ordinal);
    }

    [Fact]
    public void An_import_that_is_killed_anywhere_leaves_no_model_and_can_be_repeated()
    {
        var whole = Import(Gguf);
        _disk.StopAfter(int.MaxValue);
        _catalogue.Remove(whole);
        for (var calls = 0; ; calls++)
        {
            _disk.StopAfter(calls);
            try
            {
                Import(Gguf);
                break;
            }
            catch (PlainDisk.KilledException)
            {
                Assert.Empty(_catalogue.List());
            }
        }

        _disk.StopAfter(int.MaxValue);
        Assert.Equivalent(whole, Assert.Single(_catalogue.List()));
        _catalogue.Verify(whole, progress: null, Stop);
    }

    [Fact]
    public void An_import_goes_on_with_what_was_whole_and_leaves_nothing_else()
    {
        var card = Import(Gguf);
        var calls = _disk.Calls;
        _catalogue.Remove(card);
        _disk.StopAfter(calls - 1);
        Assert.Throws<PlainDisk.KilledException>(() => Import(Gguf));
        var staging = Path.Combine(_folder, "models", $".import-{card.Id}");
        string[] whole = ["model.onnx.data", "model.onnx", "model.json", "vocabulary.gguf"];
        var written = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        Assert.All(whole, name => File.SetLastWriteTimeUtc(Path.Combine(staging, name), written));
        File.WriteAllText(Path.Combine(staging, "card.json.0123456789abcdef.new"), "{");
        File.WriteAllText($"{staging}.lock", "");

        _disk.StopAfter(int.MaxValue);
        Assert.Equivalent(card, Import(Gguf));

        var folder = _catalogue.FolderOf(card);
        Assert.All(whole, name => Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(folder, name))));
        Assert.Equal(whole.Length + 2, Directory.GetFiles(folder).Length);
        Assert.Equal([folder], Directory.GetFileSystemEntries(Path.Combine(_folder, "models")), StringComparer.Ordinal);
    }

    [Fact]
    public void A_lock_that_an_import_left_at_its_end_goes_with_the_next()
    {
        var card = Import(Gguf);
        File.WriteAllText(Path.Combine(_folder, "models", $".import-{card.Id}.lock"), "");
        Import(Gguf);
        Assert.Single(Directory.GetFileSystemEntries(Path.Combine(_folder, "models")));
    }

    [Fact]
    public void A_removal_that_is_killed_leaves_no_model_and_ends_with_the_next_import()
    {
        var card = Import(Gguf);
        _disk.StopAfter(0);
        Assert.Throws<PlainDisk.KilledException>(() => _catalogue.Remove(card));
        Assert.Single(_catalogue.List());

        // As if the process had been killed after the folder was renamed.
        Directory.Move(_catalogue.FolderOf(card), Path.Combine(_folder, "models", $".removed-{card.Id}"));
        Assert.Empty(_catalogue.List());
        _disk.StopAfter(int.MaxValue);
        Import(Gguf);
        Assert.Single(Directory.GetDirectories(Path.Combine(_folder, "models")));
    }

    [Fact]
    public void A_file_that_changed_is_found()
    {
        var card = Import(Gguf);
        var data = Path.Combine(_catalogue.FolderOf(card), "model.onnx.data");
        var bytes = File.ReadAllBytes(data);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(data, bytes);
        AssertProblem(ModelProblem.FileChanged, () => _catalogue.Verify(card, progress: null, Stop));
        File.Delete(data);
        AssertProblem(ModelProblem.FileMissing, () => _catalogue.Verify(card, progress: null, Stop));
    }

    [Fact]
    public void A_card_that_was_written_elsewhere_is_refused()
    {
        var card = Import(Gguf);
        var elsewhere = new ModelCatalogue(Path.Combine(_folder, "models"), _disk, new PlainSeal("another"));
        AssertProblem(ModelProblem.CardUnsigned, () => elsewhere.VerifyCard(card));
        var path = Path.Combine(_catalogue.FolderOf(card), ModelCatalogue.CardName);
        File.WriteAllText(path, File.ReadAllText(path).Replace("512", "513", StringComparison.Ordinal));
        AssertProblem(ModelProblem.CardUnsigned, () => _catalogue.VerifyCard(_catalogue.Find(card.Id)));
        File.WriteAllText(path, "{}");
        AssertProblem(ModelProblem.CardDamaged, () => _catalogue.Find(card.Id));
    }

    [Fact]
    public void A_name_that_is_no_file_of_the_folder_damages_a_card()
    {
        var card = Import(Gguf);
        var path = Path.Combine(_catalogue.FolderOf(card), ModelCatalogue.CardName);
        File.WriteAllText(
            path,
            File.ReadAllText(path).Replace("\"model.onnx\"", "\"../model.onnx\"", StringComparison.Ordinal));
        AssertProblem(ModelProblem.CardDamaged, () => _catalogue.Find(card.Id));
    }

    [Theory]
    [InlineData("pytorch_model.bin")]
    [InlineData("weights.gguf")]
    public void A_pickle_is_refused_by_what_it_holds(string name)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, [.. "PK\u0003\u0004"u8, .. new byte[64]]);
        var error = Assert.Throws<WeightsUnusableException>(() => Import(path));
        Assert.Equal(WeightsProblem.Executable, error.Problem);
        Assert.Empty(_catalogue.List());
    }

    [Fact]
    public void Weights_without_a_vocabulary_are_an_error_that_names_it()
    {
        var path = Path.Combine(_folder, "stories.bin");
        File.Copy(SharedData.Model("stories260K/stories260K.bin"), path);
        var error = Assert.Throws<TokenizerUnusableException>(() => Import(path));
        Assert.Equal((TokenizerProblem.Missing, "tok512.bin"), (error.Problem, error.File));
    }

    [Fact]
    public void A_vocabulary_of_another_model_is_refused()
    {
        var error = Assert.Throws<ModelUnusableException>(() => Import(
            SharedData.Model("stories260K/stories260K.bin"),
            vocabulary: SharedData.Model("tokenizers/spm-unigram-en-1000.model")));
        Assert.Equal(ModelProblem.VocabularyMismatch, error.Problem);
    }

    [Fact]
    public void A_model_that_is_not_there_is_an_error() =>
        AssertProblem(ModelProblem.Unknown, () => _catalogue.Find("none"));

    private static void AssertProblem(ModelProblem problem, Action action) =>
        Assert.Equal(problem, Assert.Throws<ModelUnusableException>(action).Problem);

    private ModelCard Import(
        string path,
        WeightPrecision precision = WeightPrecision.Full,
        string? vocabulary = null) =>
        new ModelImporter(_catalogue).Import(path, vocabulary, precision, new Progress<ModelProgress>(), Stop);
}

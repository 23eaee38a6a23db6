using System.Text;
using System.Text.Json;
using Terroir.Inference.Onnx.Graph;
using Terroir.Inference.Onnx.Quantisation;
using Terroir.Inference.Onnx.Tokenizers;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Catalogue;

/// <summary>Brings a model into the catalogue, from files alone: nothing is downloaded, and nothing of it is run.
/// </summary>
/// <remarks>An import that is interrupted at any point leaves no model; the next one of the same files keeps what was
/// whole: the files of the vocabulary, and the graph. A graph that was not whole is written again.</remarks>
/// <param name="catalogue">Where to.</param>
public sealed class ModelImporter(ModelCatalogue catalogue)
{
    /// <summary>How many digits of the hash are in an id.</summary>
    private const int HashDigits = 12;

    private const string GraphMark = "graph.done";

    /// <summary>Imports a model. One that is there already stays as it is.</summary>
    /// <param name="path">A folder of safetensors, of a language model, an encoder or a reranker; a GGUF file; or a
    /// file of llama2.c with its vocabulary beside it.</param>
    /// <param name="vocabulary">The vocabulary, if it lies elsewhere.</param>
    /// <param name="precision">How the weights are stored.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops the import.</param>
    /// <returns>The card.</returns>
    /// <exception cref="WeightsUnusableException">The weights cannot be used.</exception>
    /// <exception cref="TokenizerUnusableException">The vocabulary cannot be used.</exception>
    /// <exception cref="ModelUnusableException">The vocabulary and the weights do not fit, or another process imports
    /// the same model.</exception>
    public ModelCard Import(
        string path,
        string? vocabulary,
        WeightPrecision precision,
        IProgress<ModelProgress> progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(progress);
        catalogue.Sweep();
        using var weights = Open(path);
        var source = ModelSource.Find(path, vocabulary, weights.Vocabulary);
        if (TokenizerFiles.Open(source.Vocabulary).VocabularySize > weights.Vocabulary)
        {
            throw new ModelUnusableException(source.Name, ModelProblem.VocabularyMismatch);
        }

        var sources = FileHasher.Hash(source.Files, ModelStage.Hashing, progress, cancellationToken);
        var id = IdOf(source.Name, sources, precision, weights.Recipe);
        if (catalogue.Contains(id))
        {
            return catalogue.ReadCard(id);
        }

        catalogue.Disk.EnsureFolder(catalogue.Root);
        using var held = Hold(catalogue.ImportLockOf(id), id);
        if (catalogue.Contains(id))
        {
            return catalogue.ReadCard(id);
        }

        var staging = catalogue.StagingOf(id);
        catalogue.Disk.EnsureFolder(staging);
        DeleteScratch(staging);
        CopyVocabulary(source, staging);
        WriteGraph(weights, staging, precision, progress, cancellationToken);
        var files = FileHasher.Hash(
            [.. Directory.GetFiles(staging).Where(IsKept).Order(StringComparer.Ordinal)],
            ModelStage.Checking,
            progress,
            cancellationToken);
        var card = new ModelCard
        {
            Format = ModelCard.CurrentFormat,
            Id = id,
            Kind = weights.Kind,
            Architecture = weights.Architecture,
            Parameters = weights.Parameters,
            Context = weights.Context,
            Vocabulary = weights.Vocabulary,
            QueryPrefix = weights.Prefixes.Query is { Length: > 0 } query ? query : null,
            PassagePrefix = weights.Prefixes.Passage is { Length: > 0 } passage ? passage : null,
            Quantisation = precision,
            Licence = ModelLicence.Find(source.Weights),
            Files = files,
            Sources = sources,
        };
        Publish(card, staging);
        return card;
    }

    private static IModelWeights Open(string path) => Directory.Exists(path) && EncoderImport.Recognises(path)
        ? EncoderWeights.Open(path)
        : new LanguageWeights(WeightSources.Open(path));

    // The same files at the same precision are the same model, whoever brings them and whenever.
    private static string IdOf(
        string name,
        IReadOnlyList<ModelFile> sources,
        WeightPrecision precision,
        string recipe)
    {
        var made = new StringBuilder().Append(precision).Append('\n');
        foreach (var file in sources)
        {
            made.Append(file.Sha256.Hex).Append(' ').Append(file.Name).Append('\n');
        }

        made.Append(recipe);
        return $"{name}-{ContentHash.Of(Encoding.UTF8.GetBytes(made.ToString())).Hex[..HashDigits]}";
    }

    private static bool IsKept(string path) => Path.GetFileName(path) is not GraphMark
        and not ModelCatalogue.CardName and not ModelCatalogue.SignedCardName
;

    // What a write of a small file left that was interrupted; it would be kept with the model.
    private static void DeleteScratch(string staging)
    {
        foreach (var file in Directory.GetFiles(staging, "*.new"))
        {
            File.Delete(file);
        }
    }

    private static FileStream Hold(string path, string id)
    {
        try
        {
            return new FileStream(
                path,
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None,
                bufferSize: 0,
                FileOptions.DeleteOnClose);
        }
        catch (IOException)
        {
            throw new ModelUnusableException(id, ModelProblem.Busy);
        }
    }

    private void CopyVocabulary(ModelSource source, string staging)
    {
        foreach (var file in source.VocabularyFiles)
        {
            Copy(file, Path.Combine(staging, StoredName(source, file)));
        }

        if (source.VocabularyFiles.Count == 0)
        {
            Keep(
                Path.Combine(staging, VocabularyExtract.FileName),
                VocabularyExtract.Read(source.Vocabulary));
        }

        foreach (var file in Directory.Exists(source.Weights) ? ModelSource.Licences(source.Weights) : [])
        {
            Copy(file, Path.Combine(staging, Path.GetFileName(file)));
        }
    }

    // The loader finds a vocabulary by its name.
    private static string StoredName(ModelSource source, string file) =>
        string.Equals(file, source.Vocabulary, StringComparison.Ordinal)
            ? $"tokenizer{Path.GetExtension(file).ToLowerInvariant()}"
            : Path.GetFileName(file);

    private void Copy(string source, string target)
    {
        // A licence of that length is none.
        if (new FileInfo(source).Length <= TokenizerLimits.FileSizeMaxBytes)
        {
            Keep(target, File.ReadAllBytes(source));
        }
    }

    // An import that was interrupted has brought it already, and a file appears only when it is durable.
    private void Keep(string target, ReadOnlySpan<byte> content)
    {
        if (!File.Exists(target)
            || new FileInfo(target).Length != content.Length
            || !content.SequenceEqual(File.ReadAllBytes(target)))
        {
            catalogue.Disk.Replace(target, content);
        }
    }

    private void WriteGraph(
        IModelWeights weights,
        string staging,
        WeightPrecision precision,
        IProgress<ModelProgress> progress,
        CancellationToken cancellationToken)
    {
        // The card comes after the graph, and the mark goes just before the folder gets its name.
        var mark = Path.Combine(staging, GraphMark);
        if (File.Exists(mark) || File.Exists(Path.Combine(staging, ModelCatalogue.CardName)))
        {
            return;
        }

        weights.Write(
            staging,
            new ImportOptions { Precision = precision },
            new GraphProgress(progress),
            cancellationToken);
        foreach (var file in Directory.GetFiles(staging))
        {
            catalogue.Disk.Flush(file);
        }

        catalogue.Disk.Replace(mark, []);
    }

    private void Publish(ModelCard card, string staging)
    {
        var json = catalogue.Seal.Canonicalize(
            JsonSerializer.SerializeToUtf8Bytes(card, ModelCardJson.Default.ModelCard));
        catalogue.Disk.Replace(Path.Combine(staging, ModelCatalogue.SignedCardName), catalogue.Seal.Sign(json));
        catalogue.Disk.Replace(Path.Combine(staging, ModelCatalogue.CardName), json);
        File.Delete(Path.Combine(staging, GraphMark));
        catalogue.Disk.MoveFolder(staging, catalogue.FolderOf(card.Id));
    }

    private sealed class GraphProgress(IProgress<ModelProgress> progress) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) =>
            progress.Report(new ModelProgress(ModelStage.Writing, value.DoneBytes, value.TotalBytes));
    }
}

using System.Text.Json;
using Terroir.Inference.Onnx.Tokenizers;

namespace Terroir.Inference.Onnx.Catalogue;

/// <summary>The models of a site: a folder for each, named by its id, with its files, its card and the signed card.
/// </summary>
/// <remarks>Safe to call from several threads and processes at once. A folder whose card is missing is of an import or
/// a removal that did not end, and is no model.</remarks>
/// <param name="root">The folder of all models.</param>
/// <param name="disk">Makes files durable.</param>
/// <param name="seal">Signs cards.</param>
public sealed class ModelCatalogue(string root, IModelDisk disk, ICardSeal seal)
{
    /// <summary>The name of the card in the folder of its model.</summary>
    public const string CardName = "card.json";

    /// <summary>The name of the signed card.</summary>
    public const string SignedCardName = "card.dsse.json";

    private const int CardSizeMaxBytes = 4 << 20;

    /// <summary>What a folder is called that is about to go.</summary>
    private const string RemovedPrefix = ".removed-";

    /// <summary>What a folder is called whose import has not ended.</summary>
    private const string StagingPrefix = ".import-";

    /// <summary>What the file is called, behind the name of that folder, that its import holds.</summary>
    private const string LockSuffix = ".lock";

    /// <summary>The folder of all models.</summary>
    internal string Root { get; } = root;

    /// <summary>Makes files durable.</summary>
    internal IModelDisk Disk { get; } = disk;

    /// <summary>Signs cards.</summary>
    internal ICardSeal Seal { get; } = seal;

    /// <summary>Lists the models, in ordinal order of their ids.</summary>
    /// <exception cref="ModelUnusableException">A card is damaged.</exception>
    public IReadOnlyList<ModelCard> List() => [.. Ids().Select(ReadCard)];

    /// <summary>Lists the ids of the models of a kind, in ordinal order; and of those whose cards are damaged.
    /// </summary>
    /// <param name="kind">What they do.</param>
    public IReadOnlyList<string> ListIds(ModelKind kind) => [.. Ids().Where(id => TryReadCard(id)?.Kind is var found
        && (found is null || found == kind))];

    /// <summary>Finds a model of a kind.</summary>
    /// <param name="id">Its id, or a beginning of it that no other has.</param>
    /// <param name="kind">What it must do.</param>
    /// <returns>Its card.</returns>
    /// <exception cref="ModelUnusableException">There is none, there are several, it is of another kind, or the card
    /// is damaged.</exception>
    public ModelCard Find(string id, ModelKind kind)
    {
        var card = Find(id);
        return card.Kind == kind ? card : throw new ModelUnusableException(card.Id, kind switch
        {
            ModelKind.Language => ModelProblem.NotLanguage,
            ModelKind.Encoder => ModelProblem.NotEncoder,
            _ => ModelProblem.NotReranker,
        });
    }

    /// <summary>Finds a model.</summary>
    /// <param name="id">Its id, or a beginning of it that no other has.</param>
    /// <returns>Its card.</returns>
    /// <exception cref="ModelUnusableException">There is none, there are several, or the card is damaged.</exception>
    public ModelCard Find(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        var known = Ids();
        var found = known.Where(model => string.Equals(model, id, StringComparison.Ordinal)).ToArray();
        if (found.Length == 0)
        {
            found = [.. known.Where(model => model.StartsWith(id, StringComparison.Ordinal))];
        }

        return found.Length switch
        {
            0 => throw new ModelUnusableException(id, ModelProblem.Unknown),
            1 => ReadCard(found[0]),
            _ => throw new ModelUnusableException(id, ModelProblem.Ambiguous),
        };
    }

    /// <summary>The folder of a model, which the runtime loads.</summary>
    public string FolderOf(ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return FolderOf(card.Id);
    }

    /// <summary>The SHA-256 of a card, as receipts name it.</summary>
    public ContentHash HashOfCard(ModelCard card) =>
        ContentHash.Of(File.ReadAllBytes(Path.Combine(FolderOf(card), CardName)));

    /// <summary>The file of a model's vocabulary; <see langword="null"/> if its card names none.</summary>
    public static ModelFile? VocabularyOf(ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return card.Files.FirstOrDefault(file => TokenizerFiles.Names.Contains(file.Name, StringComparer.Ordinal));
    }

    /// <summary>Hashes every file of a model.</summary>
    /// <param name="card">The model.</param>
    /// <param name="progress">Told how far it is; may be none.</param>
    /// <param name="cancellationToken">Stops the check within a mebibyte.</param>
    /// <exception cref="ModelUnusableException">A file is missing or changed, or the card is not signed by the site.
    /// </exception>
    public void Verify(ModelCard card, IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(card);
        VerifyCard(card);
        var hasher = new FileHasher(ModelStage.Checking, card.Files.Sum(file => file.SizeBytes), progress);
        foreach (var file in card.Files)
        {
            var path = Path.Combine(FolderOf(card), file.Name);
            if (!File.Exists(path))
            {
                throw new ModelUnusableException(card.Id, ModelProblem.FileMissing, file.Name);
            }

            if (hasher.Hash(path, cancellationToken) != file)
            {
                throw new ModelUnusableException(card.Id, ModelProblem.FileChanged, file.Name);
            }
        }
    }

    /// <summary>Checks that the site signed a card. It takes no time, so that each start of a model can do
    /// it.</summary>
    /// <exception cref="ModelUnusableException">It did not.</exception>
    public void VerifyCard(ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var signed = Path.Combine(FolderOf(card), SignedCardName);
        if (!File.Exists(signed)
            || new FileInfo(signed).Length > CardSizeMaxBytes
            || !Seal.IsSigned(File.ReadAllBytes(Path.Combine(FolderOf(card), CardName)), File.ReadAllBytes(signed)))
        {
            throw new ModelUnusableException(card.Id, ModelProblem.CardUnsigned);
        }
    }

    /// <summary>Removes a model. Once this returns it is gone for good; a removal that is interrupted ends with the
    /// next one, or with the next import.</summary>
    public void Remove(ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var removed = Path.Combine(Root, RemovedPrefix + card.Id);
        Sweep();
        Disk.MoveFolder(FolderOf(card), removed);
        Directory.Delete(removed, recursive: true);
    }

    /// <summary>Deletes what interrupted removals left, and what imports left that were interrupted at their end.
    /// </summary>
    internal void Sweep()
    {
        foreach (var id in Ids())
        {
            File.Delete(ImportLockOf(id));
        }

        foreach (var folder in Directory.Exists(Root) ? Directory.GetDirectories(Root, $"{RemovedPrefix}*") : [])
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The folder of the model of an id.</summary>
    internal string FolderOf(string id) => Path.Combine(Root, id);

    /// <summary>The folder that an import fills, and that becomes the model's.</summary>
    internal string StagingOf(string id) => Path.Combine(Root, StagingPrefix + id);

    /// <summary>The file that an import holds so that no other process imports the same.</summary>
    internal string ImportLockOf(string id) => StagingOf(id) + LockSuffix;

    /// <summary>Whether there is a model of exactly that id.</summary>
    internal bool Contains(string id) => File.Exists(Path.Combine(FolderOf(id), CardName));

    /// <summary>Reads a card.</summary>
    /// <exception cref="ModelUnusableException">It is damaged.</exception>
    internal ModelCard ReadCard(string id) =>
        TryReadCard(id) ?? throw new ModelUnusableException(id, ModelProblem.CardDamaged);

    private ModelCard? TryReadCard(string id)
    {
        try
        {
            var file = new FileInfo(Path.Combine(FolderOf(id), CardName));
            var card = file.Length <= CardSizeMaxBytes
                ? JsonSerializer.Deserialize(File.ReadAllBytes(file.FullName), ModelCardJson.Default.ModelCard)
                : null;
            if (card is { Format: ModelCard.CurrentFormat, Files: not null, Sources: not null }
                && string.Equals(card.Id, id, StringComparison.Ordinal)
                && card.Files.All(part => part is not null && IsPlain(part.Name)))
            {
                return card;
            }
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            // Damaged; whoever needs the card is told.
        }

        return null;
    }

    private static bool IsPlain(string? name) =>
        !string.IsNullOrEmpty(name) && string.Equals(Path.GetFileName(name), name, StringComparison.Ordinal)
        && name is not "." and not "..";

    private string[] Ids() => !Directory.Exists(Root) ? [] :
    [
        .. Directory.GetDirectories(Root).Select(folder => Path.GetFileName(folder)!)
            .Where(name => name[0] != '.' && Contains(name))
            .Order(StringComparer.Ordinal),
    ];
}

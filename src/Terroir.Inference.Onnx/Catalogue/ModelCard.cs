using System.Text.Json.Serialization;
using Terroir.Inference.Onnx.Quantisation;

namespace Terroir.Inference.Onnx.Catalogue;

/// <summary>What the site knows of a model: <c>docs/formats/model-card.md</c>. Immutable.</summary>
public sealed record ModelCard
{
    /// <summary>The version of the card that this program writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The architecture, as the weights name it.</summary>
    public required string Architecture { get; init; }

    /// <summary>The longest sequence, in tokens.</summary>
    public required int Context { get; init; }

    /// <summary>The files that the model consists of here, by name.</summary>
    public required IReadOnlyList<ModelFile> Files { get; init; }

    /// <summary>The version of the card.</summary>
    public required int Format { get; init; }

    /// <summary>The id: a name, and the first digits of the hash of everything that the model was made of.</summary>
    public required string Id { get; init; }

    /// <summary>What the model does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ModelKind Kind { get; init; }

    /// <summary>The licence that the files name; none if they name none. Its text is among the files.</summary>
    public string? Licence { get; init; }

    /// <summary>How many numbers the model has learned.</summary>
    public required long Parameters { get; init; }

    /// <summary>What stands before each passage that an encoder embeds; none for nothing.</summary>
    public string? PassagePrefix { get; init; }

    /// <summary>How the weights are stored here.</summary>
    public required WeightPrecision Quantisation { get; init; }

    /// <summary>What stands before each query that an encoder embeds; none for nothing.</summary>
    public string? QueryPrefix { get; init; }

    /// <summary>The files that it was made of, as the operator brought them, by name. They are not kept.</summary>
    public required IReadOnlyList<ModelFile> Sources { get; init; }

    /// <summary>How many tokens have a row in the embedding.</summary>
    public required int Vocabulary { get; init; }
}

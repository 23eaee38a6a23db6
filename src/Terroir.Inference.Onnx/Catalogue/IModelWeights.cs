using Terroir.Inference.Onnx.Graph;

namespace Terroir.Inference.Onnx.Catalogue;

/// <summary>Weights that can be imported, of one kind of model.</summary>
internal interface IModelWeights : IDisposable
{
    /// <summary>What the model does.</summary>
    ModelKind Kind { get; }

    /// <summary>The architecture, as the weights name it.</summary>
    string Architecture { get; }

    /// <summary>How many numbers it has learned.</summary>
    long Parameters { get; }

    /// <summary>The longest sequence, in tokens.</summary>
    int Context { get; }

    /// <summary>How many tokens have a row in the embedding.</summary>
    int Vocabulary { get; }

    /// <summary>What stands before a query and before a passage; empty for nothing.</summary>
    (string Query, string Passage) Prefixes { get; }

    /// <summary>What decides how it is run and stands in no file that the id is made of; empty for nothing.</summary>
    string Recipe { get; }

    /// <summary>Writes the graph.</summary>
    /// <exception cref="WeightsUnusableException">The weights cannot be used.</exception>
    void Write(
        string folder,
        ImportOptions options,
        IProgress<ImportProgress> progress,
        CancellationToken cancellationToken);
}

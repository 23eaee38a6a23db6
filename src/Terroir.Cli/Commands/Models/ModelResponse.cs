using Terroir.Inference.Onnx.Catalogue;

namespace Terroir.Cli.Commands.Models;

/// <summary>What is printed of a model as JSON.</summary>
internal sealed record ModelResponse(
    string Id,
    string Kind,
    string Architecture,
    long Parameters,
    int Context,
    string Quantisation,
    string? Licence,
    IReadOnlyList<ModelFileResponse> Files)
{
    public static ModelResponse From(ModelCard card) => new(
        card.Id,
        card.Kind.ToString().ToLowerInvariant(),
        card.Architecture,
        card.Parameters,
        card.Context,
        card.Quantisation.ToString(),
        card.Licence,
        [
            .. card.Sources.Select(file => ModelFileResponse.From(file, isKept: false)),
            .. card.Files.Select(file => ModelFileResponse.From(file, isKept: true)),
        ]);
}

/// <summary>What is printed of a file: one that the model was made of, or one that it consists of and that the site
/// keeps.</summary>
internal sealed record ModelFileResponse(string Name, ContentHash Sha256, long SizeBytes, bool IsKept)
{
    public static ModelFileResponse From(ModelFile file, bool isKept) =>
        new(file.Name, file.Sha256, file.SizeBytes, isKept);
}

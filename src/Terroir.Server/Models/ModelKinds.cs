using Microsoft.Extensions.Options;
using Terroir.Inference.Onnx.Catalogue;
using Terroir.Models;

namespace Terroir.Server.Models;

/// <summary>Checks at start that the models which the settings name for the search are there and of their kind.
/// </summary>
internal sealed class ModelKinds(ModelCatalogue catalogue) : IValidateOptions<ModelsOptions>
{
    public ValidateOptionsResult Validate(string? name, ModelsOptions options)
    {
        string[] faults =
        [
            .. FindFaults(
                nameof(ModelsOptions.Encoder),
                options.HasEncoderServer ? null : options.Encoder,
                ModelKind.Encoder),
            .. FindFaults(nameof(ModelsOptions.Reranker), options.Reranker, ModelKind.Reranker),
        ];
        return faults.Length > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    // What is empty in the file is bound as nothing.
    private string[] FindFaults(string setting, string? id, ModelKind kind)
    {
        try
        {
            _ = string.IsNullOrEmpty(id) ? null : catalogue.Find(id, kind);
            return [];
        }
        catch (ModelUnusableException exception)
        {
            return [$"{ModelsOptions.Section}:{setting}: {exception.Message}"];
        }
    }
}

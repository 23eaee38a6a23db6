using Microsoft.Extensions.Options;
using Terroir.Inference.Onnx.Catalogue;
using Terroir.Models;

namespace Terroir.Server.Models;

/// <summary>Checks at start that the models which the settings name for the search are there and of their kind.
/// </summary>
internal sealed class ModelKinds(ModelCatalogue catalogue) : IValidateOptions<ModelsOptions>
{
    public ValidateOptionsResult Validate(string? name, ModelsOptions options) =>
        FindFault(nameof(ModelsOptions.Encoder), options.Encoder, ModelKind.Encoder) is { } fault
            ? ValidateOptionsResult.Fail(fault)
            : ValidateOptionsResult.Success;

    private string? FindFault(string setting, string id, ModelKind kind)
    {
        if (id.Length == 0)
        {
            return null;
        }

        try
        {
            _ = catalogue.Find(id, kind);
            return null;
        }
        catch (ModelUnusableException exception)
        {
            return $"{ModelsOptions.Section}:{setting}: {exception.Message}";
        }
    }
}

using Microsoft.Extensions.Options;
using Terroir.Inference.Onnx.Runtime;
using Terroir.Models;

namespace Terroir.Server.Models;

/// <summary>The libraries of execution providers that the settings allow.</summary>
internal sealed class AllowedLibraries(IOptions<ModelsOptions> options)
{
    /// <summary>Loads those that are not loaded yet, before a model is.</summary>
    /// <exception cref="ExecutionProviderUnusableException">One cannot be used.</exception>
    public void Load()
    {
        foreach (var declared in options.Value.ExecutionProviders)
        {
            ExecutionProviders.Load(new ExecutionProviderLibrary(declared.Name, declared.Library, declared.Hash));
        }
    }
}

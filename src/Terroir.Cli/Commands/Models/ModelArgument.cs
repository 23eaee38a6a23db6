using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Terroir.Inference.Onnx.Catalogue;
using Terroir.Server;

namespace Terroir.Cli.Commands.Models;

/// <summary>The argument that names a model.</summary>
internal static class ModelArgument
{
    public static Argument<string> Create() =>
        new("id") { Description = "The model: its id, or a beginning of it that no other has." };

    /// <summary>The models of a site.</summary>
    public static ModelCatalogue Catalogue(Site site) => site.Services.GetRequiredService<ModelCatalogue>();
}

using Terroir.Crash;
using Terroir.Inference.Onnx.Catalogue;
using Terroir.Inference.Onnx.Quantisation;
using Terroir.Server.Models;

namespace Terroir.Server.Tests.Models;

/// <summary>Imports encoders that were made up into sites.</summary>
internal static class EncoderFolder
{
    /// <summary>Imports one into a site.</summary>
    /// <param name="site">The site.</param>
    /// <param name="isReranker">Whether it is a reranker instead.</param>
    public static ModelCard Import(SiteFolder site, bool isReranker = false)
    {
        var folder = Directory.CreateTempSubdirectory("terroir-encoder-");
        try
        {
            var source = Path.Combine(folder.FullName, "tiny");
            new MadeEncoder { IsReranker = isReranker }.Write(source);
            var catalogue = new ModelCatalogue(
                site.ModelsFolder,
                new ModelDisk(),
                new CardSeal(site.ReadIdentity().Key));
            return new ModelImporter(catalogue).Import(
                source,
                vocabulary: null,
                WeightPrecision.Full,
                new Progress<ModelProgress>(),
                TestContext.Current.CancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

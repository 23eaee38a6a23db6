using Terroir.Inference.Onnx.Catalogue;

namespace Terroir.Cli.Commands.Models;

/// <summary>Shows how far an import or a check is, in mebibytes.</summary>
internal sealed class ModelProgressBar(Action<int, int>? tell) : IProgress<ModelProgress>
{
    private const int Mebibyte = 1 << 20;

    public void Report(ModelProgress value) =>
        tell?.Invoke((int)(value.DoneBytes / Mebibyte), (int)Math.Max(1, value.TotalBytes / Mebibyte));
}

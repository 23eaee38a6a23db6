using Terroir.Inference.Onnx.Catalogue;
using Terroir.Storage.Embedded;

namespace Terroir.Server.Models;

/// <summary>Makes files of models durable, as those of the stores.</summary>
internal sealed class ModelDisk : IModelDisk
{
    public void EnsureFolder(string folder) => DurableFile.EnsureFolder(folder);

    public void Replace(string path, ReadOnlySpan<byte> content) => DurableFile.Replace(path, content);

    public void Flush(string path) => DurableFile.Flush(path);

    public void MoveFolder(string source, string target) => DurableFile.MoveFolder(source, target);
}

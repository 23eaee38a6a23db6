namespace Terroir.Inference.Onnx.Catalogue;

/// <summary>Makes files durable; the host knows how. Every member has done so when it returns.</summary>
public interface IModelDisk
{
    /// <summary>Creates a folder unless it is there.</summary>
    void EnsureFolder(string folder);

    /// <summary>Replaces a small file at once: readers see the old bytes or the new ones.</summary>
    void Replace(string path, ReadOnlySpan<byte> content);

    /// <summary>Makes a file that was written before durable.</summary>
    void Flush(string path);

    /// <summary>Gives a folder another name on the same file system, which no other has.</summary>
    void MoveFolder(string source, string target);
}

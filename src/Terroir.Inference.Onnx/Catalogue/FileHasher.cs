using System.Security.Cryptography;

namespace Terroir.Inference.Onnx.Catalogue;

/// <summary>Hashes files, and tells how far it is.</summary>
internal sealed class FileHasher(ModelStage stage, long totalBytes, IProgress<ModelProgress>? progress)
{
    private const int BufferBytes = 1 << 20;

    private long _doneBytes;

    /// <summary>Hashes files in order.</summary>
    public static IReadOnlyList<ModelFile> Hash(
        IReadOnlyList<string> paths,
        ModelStage stage,
        IProgress<ModelProgress>? progress,
        CancellationToken cancellationToken)
    {
        var hasher = new FileHasher(stage, paths.Sum(path => new FileInfo(path).Length), progress);
        return [.. paths.Select(path => hasher.Hash(path, cancellationToken))];
    }

    /// <summary>Hashes a file.</summary>
    public ModelFile Hash(string path, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var buffer = new byte[BufferBytes];
        long size = 0;
        while (file.Read(buffer) is > 0 and var count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, count);
            size += count;
            _doneBytes += count;
            progress?.Report(new ModelProgress(stage, _doneBytes, totalBytes));
        }

        return new ModelFile(Path.GetFileName(path), ContentHash.FromDigest(hash.GetHashAndReset()), size);
    }
}

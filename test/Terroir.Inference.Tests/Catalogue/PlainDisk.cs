using Terroir.Inference.Onnx.Catalogue;

namespace Terroir.Inference.Onnx.Tests.Catalogue;

/// <summary>A disk that can stop at any of its calls, as a process does that is killed.</summary>
internal sealed class PlainDisk : IModelDisk
{
    private int _rest = int.MaxValue;

    /// <summary>How many calls there were.</summary>
    public int Calls { get; private set; }

    /// <summary>Lets only so many calls through from now on.</summary>
    public void StopAfter(int calls) => (_rest, Calls) = (calls, 0);

    public void EnsureFolder(string folder) => Run(() => Directory.CreateDirectory(folder));

    public void Replace(string path, ReadOnlySpan<byte> content)
    {
        var bytes = content.ToArray();
        Run(() => File.WriteAllBytes(path, bytes));
    }

    public void Flush(string path) => Run(() => Assert.True(File.Exists(path)));

    public void MoveFolder(string source, string target) => Run(() => Directory.Move(source, target));

    private void Run(Action call)
    {
        if (_rest-- <= 0)
        {
            throw new KilledException();
        }

        Calls++;
        call();
    }

    internal sealed class KilledException : Exception;
}

using Microsoft.Win32.SafeHandles;
using Terroir.Storage.Embedded;

namespace Terroir.Storage.Tests.Embedded;

/// <summary>The real system calls, but for one that fails as the test says.</summary>
internal sealed class FaultyFileCalls : IFileCalls
{
    public const int InputOutputError = 5;
    public const int NoSpace = 28;

    private readonly SystemFileCalls _real = SystemFileCalls.Instance;
    private readonly Lock _gate = new();
    private readonly List<(FileCall Call, string Path)> _log = [];
    private bool _isDead;

    /// <summary>Every call so far, with the path that it was for; the file's path for calls on handles.</summary>
    public IReadOnlyList<(FileCall Call, string Path)> Log => _log;

    /// <summary>Fails every call of a kind with a system error.</summary>
    public (FileCall Call, int Error)? Fault { get; set; }

    /// <summary>Fails the call of this number, from 0, with <see cref="Error"/>.</summary>
    public int? FaultAt { get; set; }

    /// <summary>The error of <see cref="FaultAt"/>.</summary>
    public int Error { get; set; } = InputOutputError;

    /// <summary>Whether a failing write leaves half of its bytes.</summary>
    public bool IsTorn { get; set; }

    /// <summary>Whether the process dies at the fault: nothing after it is done, also no tidying.</summary>
    public bool IsCrash { get; set; }

    /// <summary>Runs with the path of the file before bytes are written.</summary>
    public Action<string>? BeforeWrite { get; set; }

    public SafeFileHandle Create(string path)
    {
        ThrowIfFaulty(FileCall.Create, path);
        return _real.Create(path);
    }

    public void Write(SafeFileHandle file, ReadOnlySpan<byte> content)
    {
        BeforeWrite?.Invoke(PathOf(file));
        if (Next(FileCall.Write, PathOf(file)) is not 0 and var error)
        {
            _real.Write(file, IsTorn ? content[..(content.Length / 2)] : []);
            Throw(error);
        }

        _real.Write(file, content);
    }

    public void SetMode(SafeFileHandle file, UnixFileMode mode)
    {
        ThrowIfFaulty(FileCall.SetMode, PathOf(file));
        _real.SetMode(file, mode);
    }

    public int Sync(SafeFileHandle file) => Next(FileCall.Sync, PathOf(file)) is not 0 and var error
        ? Return(error)
        : _real.Sync(file);

    public int SyncFolder(string folder) => Next(FileCall.SyncFolder, folder) is not 0 and var error
        ? Return(error)
        : _real.SyncFolder(folder);

    public int Link(string source, string target) => Next(FileCall.Link, target) is not 0 and var error
        ? Return(error)
        : _real.Link(source, target);

    public void Rename(string source, string target)
    {
        ThrowIfFaulty(FileCall.Rename, target);
        _real.Rename(source, target);
    }

    public void Delete(string path)
    {
        ThrowIfFaulty(FileCall.Delete, path);
        _real.Delete(path);
    }

    private static string PathOf(SafeFileHandle file) =>
        File.ResolveLinkTarget($"/proc/self/fd/{file.DangerousGetHandle()}", returnFinalTarget: false)!.FullName;

    private int Next(FileCall call, string path)
    {
        lock (_gate)
        {
            var isFaulty = Fault?.Call == call || FaultAt == _log.Count;
            _log.Add((call, path));
            if (_isDead)
            {
                throw new CrashException();
            }

            _isDead = isFaulty && IsCrash;
            return isFaulty ? Fault?.Error ?? Error : 0;
        }
    }

    private void ThrowIfFaulty(FileCall call, string path)
    {
        if (Next(call, path) is not 0 and var error)
        {
            Throw(error);
        }
    }

    private int Return(int error) => IsCrash ? throw new CrashException() : error;

    // What the base library throws on Unix: the system's number is in HResult.
    private void Throw(int error) => throw (IsCrash ? new CrashException() : new IOException($"error {error}", error));

    /// <summary>The process is gone. Not an error that the store could handle.</summary>
    public sealed class CrashException : Exception;
}

using System.Security.Cryptography;

namespace Terroir.Storage.Embedded;

/// <summary>Derived files in a folder, readable by its owner only. The folder may be emptied at any time.</summary>
public sealed class FolderDerivedStore : IDerivedStore
{
    private const string ScratchPrefix = ".tmp-";
    private const int BufferSizeBytes = 1 << 20;

    // Longer than any writing takes.
    private static readonly TimeSpan ScratchAgeMax = TimeSpan.FromHours(1);

    private readonly string _root;
    private readonly TimeProvider _timeProvider;

    /// <summary>Names a folder; it is created when something is kept.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="timeProvider">The clock that tells which unfinished files nobody writes any more.</param>
    public FolderDerivedStore(string root, TimeProvider timeProvider)
    {
        _root = Path.GetFullPath(root);
        _timeProvider = timeProvider;
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Open(string name)
    {
        try
        {
            var path = PathOf(name);
            return new FileInfo(path).Length is > 0 and <= int.MaxValue and var length
                ? new MappedFile(path, (int)length).Memory
                : null;
        }
        catch (Exception exception) when (FileFailure.IsOne(exception))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public bool Put(string name, Action<Stream> write)
    {
        var path = PathOf(name);
        var scratch = Path.Combine(_root, $"{ScratchPrefix}{RandomNumberGenerator.GetHexString(16, lowercase: true)}");
        try
        {
            EnsureFolder();
            using (var file = new FileStream(scratch, ScratchOptions()))
            {
                write(file);
            }

            File.Move(scratch, path, overwrite: true);
            return true;
        }
        catch (Exception exception) when (FileFailure.IsOne(exception))
        {
            return false;
        }
        finally
        {
            DeleteFile(scratch);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string prefix)
    {
        try
        {
            return
            [
                .. Directory.EnumerateFiles(_root)
                    .Select(path => Path.GetFileName(path))
                    .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && IsName(name))
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception exception) when (FileFailure.IsOne(exception))
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public void Delete(string name) => DeleteFile(PathOf(name));

    private static FileStreamOptions ScratchOptions()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = BufferSizeBytes,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = DurableFile.OwnerOnly;
        }

        return options;
    }

    private static bool IsName(string name) =>
        name.Length > 0
        && char.IsAsciiLetterLower(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.');

    private static void DeleteFile(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (FileFailure.IsOne(exception))
        {
            // It stays, and its reader will find that it does not fit.
        }
    }

    private string PathOf(string name) => IsName(name)
        ? Path.Combine(_root, name)
        : throw new ArgumentException("A derived file is named by a-z 0-9 - _ . and begins with a letter.",
            nameof(name));

    private void EnsureFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_root);
        }
        else
        {
            Directory.CreateDirectory(
                _root,
                DurableFile.OwnerOnly | UnixFileMode.UserExecute);
        }

        // What a killed process left.
        var oldest = _timeProvider.GetUtcNow().UtcDateTime - ScratchAgeMax;
        foreach (var file in Directory.EnumerateFiles(_root, $"{ScratchPrefix}*"))
        {
            if (File.GetLastWriteTimeUtc(file) < oldest)
            {
                DeleteFile(file);
            }
        }
    }
}

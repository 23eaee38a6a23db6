namespace Terroir.Storage.Embedded;

/// <summary>Keeps wrapped keys in a folder: a file <c>NAME.json</c> each, which only its owner reads.</summary>
/// <remarks>Safe to call from several threads and processes at once.</remarks>
/// <param name="folder">The folder; it is made with the first key.</param>
public sealed class FolderKeyStore(string folder) : IKeyStore
{
    /// <summary>How many keys a site has at most, so that a folder of something else is not read whole.</summary>
    public const int KeyCountMax = 100_000;

    private const string Suffix = ".json";
    private const string LockName = "ring.lock";

    // To wrap a hundred keys anew, each durable, takes seconds on a slow disk.
    private static readonly TimeSpan LockTimeout = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, ReadOnlyMemory<byte> Content)> Read()
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        try
        {
            return
            [
                .. Directory.EnumerateFiles(folder, $"*{Suffix}")
                    .Order(StringComparer.Ordinal)
                    .Take(KeyCountMax)
                    .Select(path => (
                        Path.GetFileNameWithoutExtension(path),
                        (ReadOnlyMemory<byte>)File.ReadAllBytes(path))),
            ];
        }
        catch (Exception exception) when (FileFailure.IsOne(exception))
        {
            throw FileFailure.Of("key store", "read", exception);
        }
    }

    /// <inheritdoc/>
    public void Put(string name, ReadOnlySpan<byte> content)
    {
        if (name.Length is 0 or > 64 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            throw new ArgumentException("A key is named by 1 to 64 of: a-z 0-9 -.", nameof(name));
        }

        DurableFile.Replace(Path.Combine(folder, name + Suffix), content, DurableFile.OwnerOnly);
    }

    /// <inheritdoc/>
    public DateTimeOffset ReadChangedAt() => new(Directory.GetLastWriteTimeUtc(folder));

    /// <inheritdoc/>
    public IDisposable Lock()
    {
        FileStream? held = null;
        try
        {
            Directory.CreateDirectory(folder);
            return SpinWait.SpinUntil(() => (held = TryLock()) is not null, LockTimeout)
                ? held!
                : throw new StorageFailedException(
                    "key store",
                    "lock",
                    isTransient: true,
                    advice: $"Another process has been changing keys for {LockTimeout.TotalSeconds:0} s. See which "
                        + "terroir still runs, and try again once it has ended.");
        }
        catch (Exception exception) when (FileFailure.IsOne(exception))
        {
            throw FileFailure.Of("key store", "lock", exception);
        }
    }

    // The system gives the lock back when a process ends, however it ends.
    private FileStream? TryLock()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = DurableFile.OwnerOnly;
        }

        try
        {
            return new FileStream(Path.Combine(folder, LockName), options);
        }
        catch (IOException exception) when (exception.GetType() == typeof(IOException))
        {
            return null;
        }
    }
}

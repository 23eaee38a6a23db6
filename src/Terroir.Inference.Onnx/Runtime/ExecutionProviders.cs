using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;

namespace Terroir.Inference.Onnx.Runtime;

/// <summary>The execution providers of this process. The processor's own is always there; others come from libraries
/// that the operator allowed by their hash.</summary>
/// <remarks>A library runs with all rights of the process: it is loaded only after its bytes were compared, and its
/// folder must be writable by nobody else. What a provider cannot compute, the processor does.</remarks>
public static class ExecutionProviders
{
    private const string Processor = "CPUExecutionProvider";

    private static readonly Lock Lock = new();
    private static readonly Dictionary<string, ContentHash> Loaded = new(StringComparer.Ordinal);

    /// <summary>Loads a library, once for the process; sessions that are opened from then on use its devices.
    /// </summary>
    /// <param name="library">The library.</param>
    /// <exception cref="ExecutionProviderUnusableException">The file is absent, has another hash, or is no such
    /// library.</exception>
    public static void Load(ExecutionProviderLibrary library)
    {
        ArgumentNullException.ThrowIfNull(library);
        lock (Lock)
        {
            if (Loaded.TryGetValue(library.Name, out var known) && known == library.Hash)
            {
                return;
            }

            Compare(library);
            try
            {
                OrtEnv.Instance().RegisterExecutionProviderLibrary(library.Name, library.Path);
            }
            catch (Exception exception) when (exception is OnnxRuntimeException or EntryPointNotFoundException)
            {
                throw new ExecutionProviderUnusableException(
                    library.Name,
                    $"the runtime cannot load '{library.Path}'. Take a build for ONNX Runtime "
                    + $"{OrtEnv.Instance().GetVersionString()}, and see that what it needs is installed.",
                    exception);
            }

            Loaded[library.Name] = library.Hash;
        }
    }

    /// <summary>The devices that models run on, the processor among them.</summary>
    public static IReadOnlyList<ExecutionDevice> List() =>
    [
        .. OrtEnv.Instance().GetEpDevices().Select(device => new ExecutionDevice(
            device.EpName,
            device.HardwareDevice.Type.ToString(),
            device.HardwareDevice.Vendor)),
    ];

    /// <summary>Lets a session use the devices of the libraries that were loaded, before the processor.</summary>
    internal static void AddTo(SessionOptions settings)
    {
        lock (Lock)
        {
            if (Loaded.Count == 0)
            {
                return;
            }

            var environment = OrtEnv.Instance();
            var others = environment.GetEpDevices()
                .Where(device => !string.Equals(device.EpName, Processor, StringComparison.Ordinal))
                .GroupBy(device => device.EpName, StringComparer.Ordinal);
            foreach (var devices in others)
            {
                settings.AppendExecutionProvider(
                    environment,
                    [.. devices],
                    new Dictionary<string, string>(StringComparer.Ordinal));
            }
        }
    }

    private static void Compare(ExecutionProviderLibrary library)
    {
        ContentHash found;
        try
        {
            using var file = File.OpenRead(library.Path);
            found = ContentHash.FromDigest(SHA256.HashData(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ExecutionProviderUnusableException(
                library.Name,
                $"'{library.Path}' cannot be read. Correct its path in the settings, or remove it from them.",
                exception);
        }

        if (found != library.Hash)
        {
            throw new ExecutionProviderUnusableException(
                library.Name,
                $"'{library.Path}' has the SHA-256 {found.Hex} and not the one of the settings. If you replaced the "
                + "file yourself, write its new hash there; if not, find out who did.");
        }
    }
}

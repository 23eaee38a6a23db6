using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Terroir.Bench.Inference;

/// <summary>llama.cpp v0.5.0 of the npm package <c>@node-llama-cpp/linux-x64</c> 3.22.1, one thread. Its structures go
/// by value and change from release to release: the library is pinned by its SHA-256.</summary>
internal sealed unsafe partial class LlamaEngine : ILanguageEngine
{
    private const string LibraryHash = "2ecd1d85f68456573a664106a9039366b88231579fd65d9669c9a6ab41374fd4";
    private const string Llama = "libllama.v0.5.0.so";
    private const string Ggml = "libggml.v0.5.0.so";
    private const uint Context = 2_304;

    private static string _folder = string.Empty;

    private readonly nint _model;
    private readonly nint _context;

    public LlamaEngine(string file)
    {
        var modelSettings = DefaultModel();
        modelSettings.UseExtraBuffers = 1;
        _model = LoadModel(file, modelSettings);
        var settings = DefaultContext();
        (settings.Context, settings.Batch, settings.MicroBatch) = (Context, Context, 512);
        (settings.Threads, settings.ThreadsOfBatch) = (1, 1);
        _context = CreateContext(_model, settings);
        if (_model == 0 || _context == 0)
        {
            throw new InvalidOperationException("llama.cpp did not load the model.");
        }
    }

    /// <summary>Loads the library of a folder.</summary>
    public static void Initialise(string folder)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, Llama))));
        if (!string.Equals(hash, LibraryHash, StringComparison.Ordinal))
        {
            throw new InvalidOperationException("This is not the library that the structures were read from.");
        }

        _folder = folder;
        NativeLibrary.SetDllImportResolver(
            typeof(LlamaEngine).Assembly,
            static (name, _, _) => name is Llama or Ggml ? NativeLibrary.Load(Path.Combine(_folder, name)) : 0);
        SetLog((nint)(delegate* unmanaged<int, nint, nint, void>)&Ignore, 0);
        InitialiseBackend();
        LoadBackends(folder);
    }

    public void Read(ReadOnlySpan<int> tokens)
    {
        fixed (int* start = tokens)
        {
            if (Decode(_context, CreateBatch(start, tokens.Length)) != 0)
            {
                throw new InvalidOperationException("llama.cpp did not read the tokens.");
            }
        }
    }

    public void Reset() => ClearMemory(GetMemory(_context), data: true);

    public void Dispose()
    {
        FreeContext(_context);
        FreeModel(_model);
    }

    [UnmanagedCallersOnly]
    private static void Ignore(int level, nint text, nint state)
    {
    }

    [LibraryImport(Ggml, EntryPoint = "ggml_backend_load_all_from_path", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void LoadBackends(string folder);

    [LibraryImport(Llama, EntryPoint = "llama_log_set")]
    private static partial void SetLog(nint callback, nint state);

    [LibraryImport(Llama, EntryPoint = "llama_backend_init")]
    private static partial void InitialiseBackend();

    [LibraryImport(Llama, EntryPoint = "llama_model_default_params")]
    private static partial ModelSettings DefaultModel();

    [LibraryImport(Llama, EntryPoint = "llama_context_default_params")]
    private static partial ContextSettings DefaultContext();

    [LibraryImport(Llama, EntryPoint = "llama_model_load_from_file", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint LoadModel(string file, ModelSettings settings);

    [LibraryImport(Llama, EntryPoint = "llama_init_from_model")]
    private static partial nint CreateContext(nint model, ContextSettings settings);

    [LibraryImport(Llama, EntryPoint = "llama_batch_get_one")]
    private static partial Batch CreateBatch(int* tokens, int count);

    [LibraryImport(Llama, EntryPoint = "llama_decode")]
    private static partial int Decode(nint context, Batch batch);

    [LibraryImport(Llama, EntryPoint = "llama_get_memory")]
    private static partial nint GetMemory(nint context);

    [LibraryImport(Llama, EntryPoint = "llama_memory_clear")]
    private static partial void ClearMemory(nint memory, [MarshalAs(UnmanagedType.I1)] bool data);

    [LibraryImport(Llama, EntryPoint = "llama_free")]
    private static partial void FreeContext(nint context);

    [LibraryImport(Llama, EntryPoint = "llama_model_free")]
    private static partial void FreeModel(nint model);

    // llama_model_params.
    [StructLayout(LayoutKind.Sequential)]
    private struct ModelSettings
    {
        public fixed long Buffers[2];
        public fixed int Placement[5];
        public fixed long Callbacks[4];
        public fixed byte Switches[2];
        public byte UseExtraBuffers;
        public fixed byte MoreSwitches[3];
    }

    // llama_context_params.
    [StructLayout(LayoutKind.Sequential)]
    private struct ContextSettings
    {
        public uint Context;
        public uint Batch;
        public uint MicroBatch;
        public fixed uint Sequences[4];
        public int Threads;
        public int ThreadsOfBatch;
        public fixed int Types[5];
        public fixed float Rotary[6];
        public uint RotaryOriginalContext;
        public float Defragmentation;
        public fixed long Callback[2];
        public fixed int CacheTypes[2];
        public fixed long Abort[2];
        public fixed byte Switches[6];
        public fixed long Samplers[3];
    }

    // llama_batch.
    [StructLayout(LayoutKind.Sequential)]
    private struct Batch
    {
        public int Count;
        public fixed long Pointers[6];
    }
}

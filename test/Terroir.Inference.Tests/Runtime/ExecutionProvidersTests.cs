using System.Diagnostics;
using Terroir.Inference.Onnx.Runtime;

namespace Terroir.Inference.Onnx.Tests.Runtime;

public sealed class ExecutionProvidersTests
{
    // A library without a device: what the runtime asks of every one.
    private const string Source = """
        void* CreateEpFactories(const char* name, const void* base, const void* logger, void** factories,
                                unsigned long most, unsigned long* count) { *count = 0; return 0; }
        void* ReleaseEpFactory(void* factory) { return 0; }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Models_run_on_the_processor()
    {
        Assert.Contains(
            ExecutionProviders.List(),
            device => device is { Kind: "CPU", Provider: "CPUExecutionProvider" });
    }

    [Fact]
    public async Task A_library_with_other_bytes_is_not_loaded()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "libnpu.so");
        await File.WriteAllTextAsync(path, "not what was allowed", Stop);

        var refused = Assert.Throws<ExecutionProviderUnusableException>(() => ExecutionProviders.Load(
            new ExecutionProviderLibrary("changed", path, ContentHash.Of("what was allowed"u8))));

        Assert.Equal("TER3107", refused.Code);
        Assert.Contains(ContentHash.Of("not what was allowed"u8).Hex, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_library_and_one_that_is_absent_are_named()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "libnpu.so");
        await File.WriteAllTextAsync(path, "text", Stop);

        var text = Assert.Throws<ExecutionProviderUnusableException>(() => ExecutionProviders.Load(
            new ExecutionProviderLibrary("text", path, ContentHash.Of("text"u8))));
        var absent = Assert.Throws<ExecutionProviderUnusableException>(() => ExecutionProviders.Load(
            new ExecutionProviderLibrary("absent", path + ".1", ContentHash.Of("text"u8))));

        Assert.Contains("cannot load", text.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", absent.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_library_that_was_allowed_is_loaded_and_models_run_on()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "libnone.so");
        await CompileAsync(path);
        var library = new ExecutionProviderLibrary(
            "none",
            path,
            ContentHash.Of(await File.ReadAllBytesAsync(path, Stop)));

        ExecutionProviders.Load(library);
        ExecutionProviders.Load(library);

        using var model = OnnxModel.Load(ModelFolder.Import(folder), new OnnxModelOptions { Threads = 1 });
        Assert.NotEqual(0, model.Prefill(0, [1, 2, 3], Stop).Length);
    }

    private static async Task CompileAsync(string path)
    {
        var source = Path.ChangeExtension(path, ".c");
        await File.WriteAllTextAsync(source, Source, Stop);
        try
        {
            using var compiler = Process.Start("cc", ["-shared", "-fPIC", "-o", path, source]);
            await compiler.WaitForExitAsync(Stop);
            Assert.Equal(0, compiler.ExitCode);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no C compiler on this machine.");
        }
    }
}

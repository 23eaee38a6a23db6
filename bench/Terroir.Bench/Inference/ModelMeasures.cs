using Terroir.Inference.Onnx.Graph;
using Terroir.Inference.Onnx.Quantisation;
using Terroir.Inference.Onnx.Weights;
using static Terroir.Bench.Report;

namespace Terroir.Bench.Inference;

/// <summary>Question: how fast does a model run on one thread, in which memory, against llama.cpp on the same weights
/// and against what memory delivers? <c>--peer FOLDER</c> names the binaries of llama.cpp.</summary>
internal static class ModelMeasures
{
    private const int RoundCount = 3;
    private const int DecodeCount = 24;
    private const int SequenceCount = 8;

    private static readonly int[] PromptSizes = [128, 2_048];

    public static async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        using var folder = new WorkFolder();
        var file = folder.In("random.gguf");
        RandomGguf.Write(file);
        var bandwidth = MemoryStreamBandwidth.Measure();
        var engines = new List<(string Name, long ReadBytes, Func<ILanguageEngine> Load)>();
        if (arguments is ["--peer", var peer])
        {
            LlamaEngine.Initialise(peer);
            engines.Add(("llama.cpp Q4_0", new FileInfo(file).Length, () => new LlamaEngine(file)));
        }

        foreach (var precision in (WeightPrecision[])[WeightPrecision.FourBits32, WeightPrecision.FourBits128])
        {
            var graph = Directory.CreateDirectory(folder.In($"{precision}")).FullName;
            var size = Import(file, graph, precision, cancellationToken);
            engines.Add(($"Terroir {precision}", size, () => new TerroirEngine(graph, sequences: 1)));
            engines.Add(($"Terroir {precision}, {SequenceCount} at once", size, () =>
                new TerroirEngine(graph, SequenceCount)));
        }

        await WriteLineAsync($"one thread reads {Number(bandwidth / 1e9)} GB in a CPU-second");
        await WriteLineAsync("");
        var figures = new Dictionary<string, EngineFigures>(StringComparer.Ordinal);
        for (var round = 0; round < RoundCount; round++)
        {
            foreach (var (name, readBytes, load) in engines)
            {
                var figure = await MeasureAsync(load, readBytes, cancellationToken);
                figures[name] = figures.TryGetValue(name, out var before) ? before.Best(figure) : figure;
            }
        }

        await WriteTableAsync(
            [
                "engine", "weights", .. PromptSizes.Select(size => $"prompt {size}, tokens a CPU-second"),
                "decode, tokens a CPU-second", "share of the memory stream", "peak memory over weights",
            ],
            figures.Select(pair => (IReadOnlyList<string>)
            [
                pair.Key,
                $"{pair.Value.ReadBytes / 1_000_000} MB",
                .. pair.Value.Prompts.Select(speed => Number(speed, "0")),
                Number(pair.Value.Decode, "0.0"),
                Number(pair.Value.Decode * pair.Value.ReadBytes / bandwidth),
                Number((double)pair.Value.PeakBytes / pair.Value.ReadBytes),
            ]));
    }

    private static long Import(
        string file,
        string graph,
        WeightPrecision precision,
        CancellationToken cancellationToken)
    {
        using var source = WeightSources.Open(file);
        ModelImport.Write(
            source,
            graph,
            new ImportOptions { Precision = precision },
            new Progress<ImportProgress>(),
            cancellationToken);
        return new FileInfo(Path.Combine(graph, "model.onnx.data")).Length;
    }

    private static async Task<EngineFigures> MeasureAsync(
        Func<ILanguageEngine> load,
        long readBytes,
        CancellationToken cancellationToken)
    {
        var before = await ProcessUse.ResetPeakAsync(cancellationToken);
        using var engine = load();
        engine.Read([1, 2, 3]);
        var prompts = PromptSizes.Select(size => Prompt(engine, size)).ToArray();
        engine.Reset();
        engine.Read(Tokens(PromptSizes[0]));
        var decode = Speed(DecodeCount * ((engine as TerroirEngine)?.Sequences ?? 1), () => Decode(engine));
        var peak = await ProcessUse.PeakAsync(cancellationToken) - before;
        return new EngineFigures(readBytes, prompts, decode, peak);
    }

    private static double Prompt(ILanguageEngine engine, int size)
    {
        var tokens = Tokens(size);
        engine.Reset();
        return Speed(size, () => engine.Read(tokens));
    }

    private static void Decode(ILanguageEngine engine)
    {
        for (var step = 0; step < DecodeCount; step++)
        {
            if (engine is TerroirEngine { Sequences: > 1 } many)
            {
                many.ReadAll(step + 5);
            }
            else
            {
                engine.Read([step + 5]);
            }
        }
    }

    private static int[] Tokens(int count) =>
        [.. Enumerable.Range(0, count).Select(index => (index * 7_919) % RandomGguf.Vocabulary)];

    private static double Speed(int count, Action work)
    {
        var before = ProcessUse.CpuSeconds();
        work();
        return count / (ProcessUse.CpuSeconds() - before);
    }
}

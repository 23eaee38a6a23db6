using System.Text.Json;

namespace Terroir.Inference.Onnx.Weights.Safetensors;

/// <summary>Reads what sentence-transformers adds to an encoder: the words before queries and passages, and the steps
/// after the encoder.</summary>
internal static class EncoderPrompts
{
    private const string Config = "config_sentence_transformers.json";
    private const string Modules = "modules.json";
    private const int PrefixLengthMax = 256;

    private static readonly string[] PassageNames = ["passage", "document"];

    /// <summary>Reads the words of a folder.</summary>
    /// <returns>What stands before a query and before a passage; empty for nothing.</returns>
    /// <exception cref="WeightsUnusableException">A file is damaged, or there is a step that is not run.</exception>
    public static (string Query, string Passage) Read(string folder)
    {
        ExpectKnownSteps(folder);
        var path = Path.Combine(folder, Config);
        if (!File.Exists(path))
        {
            return (string.Empty, string.Empty);
        }

        using var config = SafetensorsFiles.ReadJson(path);
        var prompts = new JsonSettings(Config, config.RootElement).GetObject("prompts");
        return (Find(prompts, "query"), Find(prompts, PassageNames.FirstOrDefault(name => prompts?.Has(name) is true)));
    }

    private static string Find(JsonSettings? prompts, string? name)
    {
        var prefix = name is not null && prompts?.Has(name) is true ? prompts.Value.GetString(name) : string.Empty;
        return prefix.Length <= PrefixLengthMax
            ? prefix
            : throw new WeightsUnusableException(Config, WeightsProblem.Malformed, name);
    }

    // A layer after pooling turns vectors into others: without it nothing would be near what it should be.
    private static void ExpectKnownSteps(string folder)
    {
        var path = Path.Combine(folder, Modules);
        if (!File.Exists(path))
        {
            return;
        }

        using var modules = SafetensorsFiles.ReadJson(path);
        if (modules.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new WeightsUnusableException(Modules, WeightsProblem.Malformed);
        }

        foreach (var module in modules.RootElement.EnumerateArray())
        {
            var type = new JsonSettings(Modules, module).GetString("type");
            if (type.Split('.')[^1] is not ("Transformer" or "Pooling" or "Normalize"))
            {
                throw new WeightsUnusableException(Modules, WeightsProblem.UnsupportedArchitecture, type);
            }
        }
    }
}

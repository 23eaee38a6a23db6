using Terroir.Inference.Onnx.Weights;

namespace Terroir.Fuzz;

/// <summary>Reads weights as an import would. Refusing them is an outcome; any other exception is a finding, and so is
/// a tensor that lies outside its file: reading it ends the process.</summary>
internal static class FuzzedWeights
{
    private const string Config = """
        {"model_type":"llama","hidden_size":8,"intermediate_size":8,"num_hidden_layers":1,"num_attention_heads":1,
        "vocab_size":8,"max_position_embeddings":8,"rope_theta":10000}
        """;

    public static void Read(Stream content, string format)
    {
        var folder = Directory.CreateTempSubdirectory("terroir-fuzz-").FullName;
        try
        {
            var path = Write(content, format, folder);
            using var source = WeightSources.Open(path);
            foreach (var name in source.Names)
            {
                ReadEnds(source.GetTensor(name));
            }
        }
        catch (WeightsUnusableException)
        {
            // Refused, as most of what the fuzzer makes up.
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Returns what an operator would name.
    private static string Write(Stream content, string format, string folder)
    {
        var path = Path.Combine(folder, $"model.{format}");
        using (var file = File.Create(path))
        {
            content.CopyTo(file);
        }

        if (format is not "safetensors")
        {
            return path;
        }

        File.WriteAllText(Path.Combine(folder, "config.json"), Config);
        return folder;
    }

    private static void ReadEnds(WeightTensor tensor)
    {
        if (tensor.Rows > 0)
        {
            var row = new float[tensor.Columns];
            tensor.ReadRow(0, row);
            tensor.ReadRow(tensor.Rows - 1, row);
        }
    }
}

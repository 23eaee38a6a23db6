using SharpFuzz;

namespace Terroir.Fuzz;

/// <summary>Makes assemblies tell which branches they take.</summary>
internal static class Instrumentation
{
    /// <summary>Everything that parses: ours, and the libraries behind it.</summary>
    private static readonly string[] Parsers =
    [
        "Terroir.Readers", "Terroir", "Terroir.Provenance", "Terroir.Inference.Onnx", "UglyToad.PdfPig*", "AngleSharp",
        "CsvHelper", "ExcelDataReader", "Markdig", "MimeKit", "SharpCompress", "SmartReader", "UTF.Unknown",
    ];

    public static void Run(string folder)
    {
        foreach (var file in Parsers.SelectMany(name => Directory.EnumerateFiles(folder, $"{name}.dll")))
        {
            try
            {
                Fuzzer.Instrument(file, _ => true, Options.Value);
                Console.Out.WriteLine(Path.GetFileName(file));
            }
            catch (InstrumentationException exception)
            {
                Console.Out.WriteLine($"{Path.GetFileName(file)} stays as it is: {exception.Message}");
            }
        }
    }
}

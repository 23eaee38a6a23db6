using System.Globalization;

namespace Terroir.Inference.Onnx.Catalogue;

/// <summary>What the operator brought: the files that a model is made of.</summary>
/// <param name="Name">A name for the model.</param>
/// <param name="Weights">The folder or file of weights.</param>
/// <param name="Vocabulary">The folder or file of the vocabulary.</param>
/// <param name="VocabularyFiles">Its files that are kept; empty if it is inside of a GGUF file.</param>
/// <param name="Files">All files, in ordinal order of their names.</param>
internal sealed record ModelSource(
    string Name,
    string Weights,
    string Vocabulary,
    IReadOnlyList<string> VocabularyFiles,
    IReadOnlyList<string> Files)
{
    private const int NameLengthMax = 48;

    // The vocabulary, and what says how it is used.
    private static readonly string[] VocabularyNames =
    [
        "tokenizer.json", "tokenizer.model", "tokenizer_config.json", "generation_config.json", "chat_template.jinja",
    ];

    private static readonly string[] LicencePatterns = ["LICENSE*", "LICENCE*", "COPYING*", "NOTICE*"];

    /// <summary>Finds the files.</summary>
    /// <param name="path">The folder or file that the operator named.</param>
    /// <param name="vocabulary">The vocabulary that the operator named; none if it lies with the weights.</param>
    /// <param name="tokens">How many tokens the weights have.</param>
    /// <exception cref="TokenizerUnusableException">There is no vocabulary.</exception>
    public static ModelSource Find(string path, string? vocabulary, int tokens)
    {
        path = Path.GetFullPath(Path.TrimEndingDirectorySeparator(path));
        var isFolder = Directory.Exists(path);
        var words = vocabulary is null ? FindVocabulary(path, isFolder, tokens) : Path.GetFullPath(vocabulary);
        var kept = Directory.Exists(words) ? Existing(words, VocabularyNames)
            : string.Equals(Path.GetExtension(words), ".gguf", StringComparison.OrdinalIgnoreCase) ? []
            : [words, .. Existing(Path.GetDirectoryName(words)!, VocabularyNames[2..])];
        var weights = isFolder
            ? Directory.GetFiles(path, "*.safetensors").Concat(Directory.GetFiles(path, "*.safetensors.index.json"))
                .Append(Path.Combine(path, "config.json"))
            : [path];
        var licences = isFolder ? Licences(path) : [];
        return new ModelSource(
            NameOf(path),
            path,
            words,
            kept,
            [
                .. weights.Concat(kept).Concat(licences).Concat(File.Exists(words) ? [words] : [])
                    .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            ]);
    }

    /// <summary>The files of a folder that hold a licence.</summary>
    public static IEnumerable<string> Licences(string folder) =>
        LicencePatterns.SelectMany(pattern => Directory.GetFiles(folder, pattern)).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

    private static string FindVocabulary(string path, bool isFolder, int tokens)
    {
        if (isFolder || string.Equals(Path.GetExtension(path), ".gguf", StringComparison.OrdinalIgnoreCase))
        {
            return path;
        }

        var folder = Path.GetDirectoryName(path)!;
        string[] names = [$"tok{tokens.ToString(CultureInfo.InvariantCulture)}.bin", "tokenizer.bin"];
        return Array.Find(names, name => File.Exists(Path.Combine(folder, name))) is { } found
            ? Path.Combine(folder, found)
            : throw new TokenizerUnusableException(names[0], TokenizerProblem.Missing);
    }

    private static string[] Existing(string folder, string[] names) =>
        [.. names.Select(name => Path.Combine(folder, name)).Where(File.Exists)];

    // What is typed on a command line and names a folder.
    private static string NameOf(string path)
    {
        var name = Directory.Exists(path) ? Path.GetFileName(path) : Path.GetFileNameWithoutExtension(path);
        var letters = name.ToLowerInvariant()
            .Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' ? letter : '-').ToArray();
        var clean = new string(letters).Trim('-', '.');
        return clean.Length == 0 ? "model" : clean[..Math.Min(clean.Length, NameLengthMax)];
    }
}

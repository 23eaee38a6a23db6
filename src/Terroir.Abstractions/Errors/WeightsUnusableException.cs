namespace Terroir;

/// <summary>The weights of a model cannot be used. Code <c>TER3101</c>.</summary>
public sealed class WeightsUnusableException : TerroirException
{
    /// <summary>Creates the error for one file or folder.</summary>
    /// <param name="file">The name of the file or folder, without its path.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="subject">The tensor or setting that it is about; none for the file as a whole.</param>
    /// <param name="innerException">What the parser or the runtime reported, if it reported anything.</param>
    public WeightsUnusableException(
        string file,
        WeightsProblem problem,
        string? subject = null,
        Exception? innerException = null)
        : base("TER3101", isTransient: false, Describe(file, problem, subject), innerException)
    {
        File = file;
        Problem = problem;
        Subject = subject;
    }

    /// <summary>The name of the file or folder, without its path.</summary>
    public string File { get; }

    /// <summary>What is wrong.</summary>
    public WeightsProblem Problem { get; }

    /// <summary>The tensor or setting that it is about; none for the file as a whole.</summary>
    public string? Subject { get; }

    private static string Describe(string file, WeightsProblem problem, string? subject) =>
        $"{file}: {(subject is null ? "the model" : $"'{subject}'")} {Sentence(problem)}";

    private static string Sentence(WeightsProblem problem) => problem switch
    {
        WeightsProblem.Missing => "is not there. Check the path.",
        WeightsProblem.UnknownFormat => "is of no format that is read. Bring a folder with config.json and "
            + "*.safetensors, a GGUF file, or a llama2.c file.",
        WeightsProblem.Executable => "is a pickle, which runs code when it is loaded, and is refused. Bring the same "
            + "model as safetensors.",
        WeightsProblem.Truncated => "ends before what the file announces. Copy it again and compare the SHA-256.",
        WeightsProblem.Malformed => "is not of its format. Copy the file again and compare the SHA-256.",
        WeightsProblem.Duplicate => "is there twice. Ask who made the file for a correct one.",
        WeightsProblem.Overlapping => "claims bytes of another tensor. Ask who made the file for a correct one.",
        WeightsProblem.UnsupportedType => "has values of a type that is not read. Bring F32, F16 or BF16, or GGUF of "
            + "F32, F16, BF16, Q8_0, Q4_0, Q4_K and Q6_K.",
        WeightsProblem.UnsupportedArchitecture => "is of an architecture that is not run. Bring a Llama, Mistral, "
            + "Qwen2 or Qwen3 model, or name an OpenAI-compatible server that runs it.",
        WeightsProblem.Incomplete => "is needed and absent. Copy all files of the model.",
        WeightsProblem.WrongShape => "has other dimensions than the settings of the model imply. Take weights and "
            + "settings from one release.",
        _ => "cannot be run by this version. Import the model again.",
    };
}

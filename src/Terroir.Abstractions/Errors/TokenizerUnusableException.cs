namespace Terroir;

/// <summary>The vocabulary of a model cannot be used. Code <c>TER3103</c>.</summary>
public sealed class TokenizerUnusableException : TerroirException
{
    /// <summary>Creates the error for one file.</summary>
    /// <param name="file">The name of the file or folder, without its path.</param>
    /// <param name="problem">What is wrong.</param>
    /// <param name="subject">The step, setting or token that it is about; none for the file as a whole. Never text
    /// that was to be cut.</param>
    /// <param name="innerException">What a parser reported, if it reported anything.</param>
    public TokenizerUnusableException(
        string file,
        TokenizerProblem problem,
        string? subject = null,
        Exception? innerException = null)
        : base("TER3103", isTransient: false, Describe(file, problem, subject), innerException)
    {
        File = file;
        Problem = problem;
        Subject = subject;
    }

    /// <summary>The name of the file or folder, without its path.</summary>
    public string File { get; }

    /// <summary>What is wrong.</summary>
    public TokenizerProblem Problem { get; }

    /// <summary>The step, setting or token that it is about; none for the file as a whole.</summary>
    public string? Subject { get; }

    private static string Describe(string file, TokenizerProblem problem, string? subject) =>
        $"{file}: {(subject is null ? "the vocabulary" : $"'{subject}' of the vocabulary")} {Sentence(problem)}";

    private static string Sentence(TokenizerProblem problem) => problem switch
    {
        TokenizerProblem.Missing => "is not there. Copy tokenizer.json or tokenizer.model of the same release beside "
            + "the weights.",
        TokenizerProblem.TooLarge => "is larger than what is read. Check that it is the vocabulary of a language "
            + "model.",
        TokenizerProblem.Malformed => "is not of its format. Copy the file again and compare the SHA-256.",
        TokenizerProblem.Unsupported => "is not known to this version. Bring the model as GGUF or with "
            + "tokenizer.model, or name an OpenAI-compatible server that runs it.",
        TokenizerProblem.Inconsistent => "contradicts another part of it. Take all files from one release.",
        _ => "takes too long to search a text. Take the file from the model's maker.",
    };
}

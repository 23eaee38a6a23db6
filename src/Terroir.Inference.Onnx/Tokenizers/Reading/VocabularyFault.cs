namespace Terroir.Inference.Onnx.Tokenizers.Reading;

/// <summary>What a part of a reader found wrong; the reader of the file says which file it is.</summary>
internal sealed class VocabularyFault(TokenizerProblem problem, string? subject, Exception? inner = null)
    : Exception(message: null, inner)
{
    /// <summary>What is wrong.</summary>
    public TokenizerProblem Problem { get; } = problem;

    /// <summary>What it is about.</summary>
    public string? Subject { get; } = subject;

    /// <summary>A step or a setting that is not known.</summary>
    public static VocabularyFault Unsupported(string subject) => new(TokenizerProblem.Unsupported, subject);

    /// <summary>Two parts that contradict one another.</summary>
    public static VocabularyFault Inconsistent(string subject) => new(TokenizerProblem.Inconsistent, subject);

    /// <summary>What is not of its format.</summary>
    public static VocabularyFault Malformed(string subject) => new(TokenizerProblem.Malformed, subject);

    /// <summary>Refuses a number above its limit.</summary>
    public static void ThrowIfAbove(long value, long max, string subject)
    {
        if (value > max)
        {
            throw new VocabularyFault(TokenizerProblem.TooLarge, subject);
        }
    }
}

namespace Terroir;

/// <summary>Why the vocabulary of a model cannot be used.</summary>
public enum TokenizerProblem
{
    /// <summary>There is no file that holds one.</summary>
    Missing,

    /// <summary>A file, a number in it or a text passes a limit.</summary>
    TooLarge,

    /// <summary>The file is not of its format, or it ends too early.</summary>
    Malformed,

    /// <summary>It uses a step or a setting that is not known.</summary>
    Unsupported,

    /// <summary>Two parts of it contradict one another, such as a merge of what is no token.</summary>
    Inconsistent,

    /// <summary>A regular expression of it took too long.</summary>
    TooSlow,
}

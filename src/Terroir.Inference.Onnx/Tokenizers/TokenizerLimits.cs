namespace Terroir.Inference.Onnx.Tokenizers;

/// <summary>What a vocabulary and a text may be at most: a damaged or hostile file must not take the memory.</summary>
public static class TokenizerLimits
{
    /// <summary>A vocabulary file has at most this many bytes.</summary>
    public const long FileSizeMaxBytes = 256L << 20;

    /// <summary>A vocabulary has at most this many tokens.</summary>
    public const int TokenCountMax = 1 << 21;

    /// <summary>A vocabulary has at most this many merges.</summary>
    public const int MergeCountMax = 1 << 22;

    /// <summary>A token has at most this many UTF-16 characters.</summary>
    public const int TokenLengthMax = 1_024;

    /// <summary>A vocabulary has at most this many tokens that are found as they are, before all else.</summary>
    public const int AddedTokenCountMax = 1 << 17;

    /// <summary>A text has at most this many UTF-16 characters.</summary>
    public const int TextLengthMax = 16 << 20;

    /// <summary>Steps lie in one another at most this deep.</summary>
    public const int StepDepthMax = 16;

    /// <summary>A regular expression of a vocabulary has at most this many characters.</summary>
    public const int PatternLengthMax = 4_096;

    /// <summary>How long a regular expression may search in one text, which bounds a hostile one.</summary>
    public static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(10);
}

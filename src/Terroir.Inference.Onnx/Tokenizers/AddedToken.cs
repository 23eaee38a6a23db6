namespace Terroir.Inference.Onnx.Tokenizers;

/// <summary>A token that is found as it is, before all else.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Content">Its text.</param>
internal sealed record AddedToken(int Id, string Content)
{
    /// <summary>Whether it steers the model, such as the end of a text: it is read only out of templates, and is not
    /// written.</summary>
    public bool IsControl { get; init; }

    /// <summary>Whether it is found in the normalised text instead of the text.</summary>
    public bool IsNormalized { get; init; }

    /// <summary>Whether white space before it belongs to it.</summary>
    public bool IsLeftStripped { get; init; }

    /// <summary>Whether white space after it belongs to it.</summary>
    public bool IsRightStripped { get; init; }

    /// <summary>Whether it is found only where no letter or digit touches it.</summary>
    public bool IsSingleWord { get; init; }
}

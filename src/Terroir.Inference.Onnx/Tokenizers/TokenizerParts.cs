using Terroir.Inference.Onnx.Tokenizers.Decoding;
using Terroir.Inference.Onnx.Tokenizers.Models;
using Terroir.Inference.Onnx.Tokenizers.Normalization;
using Terroir.Inference.Onnx.Tokenizers.PreTokenization;

namespace Terroir.Inference.Onnx.Tokenizers;

/// <summary>What a vocabulary file says, as the steps that a text goes through.</summary>
internal sealed record TokenizerParts
{
    /// <summary>The name of the file, for errors.</summary>
    public required string File { get; init; }

    /// <summary>All tokens.</summary>
    public required Vocabulary Vocabulary { get; init; }

    /// <summary>Tokens that are found as they are.</summary>
    public required IReadOnlyList<AddedToken> AddedTokens { get; init; }

    /// <summary>Changes the text; none if it stays.</summary>
    public INormalizer? Normalizer { get; init; }

    /// <summary>Cuts the text into pieces; none if it is one.</summary>
    public IPreTokenizer? PreTokenizer { get; init; }

    /// <summary>Cuts pieces into tokens.</summary>
    public required ITokenModel Model { get; init; }

    /// <summary>The control tokens around a text.</summary>
    public ControlTemplate Template { get; init; } = ControlTemplate.None;

    /// <summary>Writes tokens.</summary>
    public required ITokenSpelling Spelling { get; init; }

    /// <summary>The token that begins a text; none if the file names none.</summary>
    public int? BeginningId { get; init; }

    /// <summary>How conversations are written, in Jinja; none if the file does not say.</summary>
    public string? ChatTemplate { get; init; }

    /// <summary>The tokens that end a text.</summary>
    public IReadOnlyList<int> EndIds { get; init; } = [];
}

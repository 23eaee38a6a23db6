using System.Collections.Concurrent;
using Terroir.Inference.Onnx.Runtime;

namespace Terroir.Inference.Onnx.Sampling;

/// <summary>The grammars of citations of one model, made when they are first asked for. Safe to use from several
/// threads.</summary>
internal sealed class CitationGrammars(ITextCodec codec, int vocabulary)
{
    /// <summary>More passages than a prompt holds.</summary>
    private const int PassagesMax = 999;

    private readonly Lazy<TokenTexts> _texts = new(() => new TokenTexts(codec, vocabulary));
    private readonly ConcurrentDictionary<int, CitationGrammar> _grammars = new();

    /// <summary>Returns a mask for one answer.</summary>
    /// <param name="passages">How many passages may be cited; 0 to 999.</param>
    public CitationMask Mask(int passages)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(passages);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(passages, PassagesMax);
        return new CitationMask(_grammars.GetOrAdd(passages, count => new CitationGrammar(_texts.Value, count)));
    }
}

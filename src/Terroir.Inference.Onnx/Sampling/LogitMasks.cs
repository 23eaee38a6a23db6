using System.Text.Json;
using Terroir.Inference.Onnx.Runtime;
using Terroir.Inference.Onnx.Sampling.Json;

namespace Terroir.Inference.Onnx.Sampling;

/// <summary>Makes the masks of one model. Its vocabulary is read when a mask is first asked for. Safe to use from
/// several threads.</summary>
internal sealed class LogitMasks(ITextCodec codec, int vocabulary)
{
    private readonly CitationGrammars _grammars = new(codec, vocabulary);
    private readonly Lazy<JsonTokens> _tokens = new(() => new JsonTokens(new TokenTexts(codec, vocabulary)));

    /// <summary>Keeps an answer to citations of the first passages.</summary>
    /// <param name="passages">How many passages may be cited; 0 to 999.</param>
    public ILogitMask ForCitations(int passages) => _grammars.Mask(passages);

    /// <summary>Keeps an answer to a JSON schema.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="promptTokens">The tokens of the prompt, for the error.</param>
    /// <param name="tokensMax">How many tokens the answer has at most.</param>
    /// <exception cref="SchemaUnsupportedException">The schema cannot be kept to.</exception>
    /// <exception cref="ModelLimitException">Not even the shortest text of the schema fits.</exception>
    public ILogitMask ForSchema(JsonElement schema, int promptTokens, int tokensMax)
    {
        var root = SchemaReader.Read(schema);
        return root.LengthMin <= tokensMax
            ? new JsonMask(_tokens.Value, root, tokensMax)
            : throw new ModelLimitException(
                ModelLimit.Context, promptTokens + root.LengthMin, promptTokens + tokensMax);
    }
}

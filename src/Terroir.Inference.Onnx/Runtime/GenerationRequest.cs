using System.Threading.Channels;
using Terroir.Inference.Onnx.Adapters;
using Terroir.Inference.Onnx.Sampling;

namespace Terroir.Inference.Onnx.Runtime;

/// <summary>A prompt and how it is continued.</summary>
internal sealed class GenerationRequest
{
    /// <summary>The tokens of the prompt; at least one.</summary>
    public required int[] Prompt { get; init; }

    /// <summary>How many tokens may follow; at least 1.</summary>
    public required int TokensMax { get; init; }

    /// <summary>Chooses the tokens.</summary>
    public required TokenSampler Sampler { get; init; }

    /// <summary>Rules tokens out; none for no rule.</summary>
    public ILogitMask? Mask { get; init; }

    /// <summary>Ends the text.</summary>
    public required StopScanner Stops { get; init; }

    /// <summary>Whose prompts may share a begin; none to share nothing.</summary>
    public PrefixKey? Prefix { get; init; }

    /// <summary>Changes the model; none for the model as it is.</summary>
    public LoraAdapter? Adapter { get; init; }

    /// <summary>What prompts of the same begin must have in common to share it: adapters compute other
    /// values.</summary>
    public PrefixKey? SharedUnder => Prefix is null || Adapter is null
        ? Prefix
        : Prefix with { Permissions = $"{Prefix.Permissions}\0{Adapter.Id}" };

    /// <summary>Stops the request before its next token.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>Where the text goes: at most one piece for each token, and the end.</summary>
    public required Channel<GenerationUpdate> Updates { get; init; }
}

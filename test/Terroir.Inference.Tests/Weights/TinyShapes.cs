using CsCheck;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Tests.Weights;

/// <summary>Random shapes of small models.</summary>
internal static class TinyShapes
{
    /// <summary>A model of one layer, of the common kind.</summary>
    public static ModelShape Small { get; } = new()
    {
        Architecture = ModelArchitecture.Llama,
        Layers = 1,
        Hidden = 32,
        FeedForward = 64,
        Heads = 2,
        KeyValueHeads = 1,
        HeadSize = 16,
        Vocabulary = 50,
        Context = 32,
        Rotary = new RotaryShape(),
    };

    /// <summary>Shapes as config.json gives them: halves turn.</summary>
    public static Gen<ModelShape> All { get; } =
        from architecture in Gen.OneOf(Enum.GetValues<ModelArchitecture>())
        from layers in Gen.Int[1, 2]
        from groups in Gen.OneOf(1, 2, 3, 4)
        from keyValueHeads in Gen.Int[1, 3]
        from headSize in Gen.OneOf(8, 10, 16, 24, 32, 64, 128)
        from hidden in Gen.Int[17, 70]
        from feedForward in Gen.Int[17, 90]
        from tied in Gen.Bool
        from bias in Gen.Bool
        from window in Gen.Int[1, 12]
        from rotary in Rotary
        select new ModelShape
        {
            Architecture = architecture,
            Layers = layers,
            Hidden = hidden,
            FeedForward = feedForward,
            Heads = groups * keyValueHeads,
            KeyValueHeads = keyValueHeads,
            HeadSize = headSize,
            Vocabulary = 50,
            Context = 32,
            Rotary = rotary,
            SlidingWindow = architecture == ModelArchitecture.Mistral ? window : null,
            NormEpsilon = 1e-5f,
            TiedEmbeddings = tied,
            QueryKeyValueBiases = bias || architecture == ModelArchitecture.Qwen2,
            OutputBias = bias,
            QueryKeyNorms = architecture == ModelArchitecture.Qwen3,
        };

    private static Gen<RotaryShape> Rotary =>
        from kind in Gen.OneOf(Enum.GetValues<RotaryScalingKind>())
        from theta in Gen.OneOf(100.0, 10_000, 500_000)
        select new RotaryShape
        {
            Base = theta,
            Scaling = kind,
            Factor = kind == RotaryScalingKind.None ? 1 : 4,
            OriginalContext = kind == RotaryScalingKind.None ? 0 : 8,
        };
}

namespace Terroir.Inference.Onnx.Sampling;

/// <summary>Rules tokens out that an answer must not continue with. For one answer and one thread.</summary>
public interface ILogitMask
{
    /// <summary>Sets the logits of tokens that may not come next to negative infinity. At least one stays.</summary>
    /// <param name="logits">One for each token.</param>
    void Apply(Span<float> logits);

    /// <summary>Takes the token that was chosen.</summary>
    void Accept(int token);
}

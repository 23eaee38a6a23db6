namespace Terroir.Inference.Onnx.Runtime;

/// <summary>Turns the tokens of one answer into text as they come. For one thread.</summary>
public interface ITextDecoder
{
    /// <summary>Takes the next token and returns the text that is complete with it; empty while a character lacks
    /// bytes.</summary>
    string Append(int token);

    /// <summary>Returns what is left; bytes that are no character become U+FFFD.</summary>
    string Flush();
}

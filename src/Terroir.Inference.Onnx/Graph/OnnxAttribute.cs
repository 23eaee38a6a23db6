namespace Terroir.Inference.Onnx.Graph;

/// <summary>A named constant of a node: an integer or a binary32.</summary>
internal sealed record OnnxAttribute
{
    private const int OfFloat = 1;
    private const int OfInteger = 2;

    private OnnxAttribute(ProtobufWriter message) => Message = message;

    public ProtobufWriter Message { get; }

    public static OnnxAttribute Of(string name, long value) =>
        new(new ProtobufWriter().Text(1, name).Integer(3, value).Integer(20, OfInteger));

    public static OnnxAttribute Of(string name, float value) =>
        new(new ProtobufWriter().Text(1, name).Single(2, value).Integer(20, OfFloat));
}

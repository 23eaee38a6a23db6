using System.Globalization;
using System.Runtime.InteropServices;

namespace Terroir.Inference.Onnx.Graph;

/// <summary>Writes an ONNX model: nodes in the order in which they run, weights in a file beside it. Field numbers are
/// those of <c>onnx.proto</c> (IR version 10).</summary>
internal sealed class OnnxGraphWriter(ExternalData data)
{
    /// <summary>The operators of ONNX Runtime that the standard lacks.</summary>
    public const string Contrib = "com.microsoft";

    private const int IrVersion = 10;
    private const int OperatorSet = 21;
    private const int InlineBytesMax = 1_024;

    private readonly ProtobufWriter _graph = new ProtobufWriter().Text(2, "decoder");
    private int _nodes;

    public ExternalData Data => data;

    /// <summary>Declares an input.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="element">Its elements.</param>
    /// <param name="dimensions">Lengths, or names of lengths that are known at run time.</param>
    public void Input(string name, OnnxElement element, params ReadOnlySpan<string> dimensions) =>
        _graph.Message(11, Value(name, element, dimensions));

    public void Output(string name, OnnxElement element, params ReadOnlySpan<string> dimensions) =>
        _graph.Message(12, Value(name, element, dimensions));

    /// <summary>Adds a node with one output, and returns its name.</summary>
    public string Node(string type, string domain, string[] inputs, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        var output = string.Create(CultureInfo.InvariantCulture, $"{type}_{_nodes}");
        Node(type, domain, inputs, [output], attributes);
        return output;
    }

    public void Node(
        string type,
        string domain,
        string[] inputs,
        string[] outputs,
        params ReadOnlySpan<OnnxAttribute> attributes)
    {
        var node = new ProtobufWriter();
        foreach (var input in inputs)
        {
            node.Text(1, input);
        }

        foreach (var output in outputs)
        {
            node.Text(2, output);
        }

        node.Text(3, string.Create(CultureInfo.InvariantCulture, $"node_{_nodes}")).Text(4, type);
        foreach (var attribute in attributes)
        {
            node.Message(5, attribute.Message);
        }

        if (domain.Length > 0)
        {
            node.Text(7, domain);
        }

        _nodes++;
        _graph.Message(1, node);
    }

    /// <summary>Adds a constant of binary32 numbers and returns its name.</summary>
    public string Constant(string name, ReadOnlySpan<float> values, params long[] dimensions) =>
        Constant(name, OnnxElement.Float, MemoryMarshal.AsBytes(values), dimensions);

    /// <summary>Adds a constant of 64-bit integers and returns its name.</summary>
    public string Constant(string name, ReadOnlySpan<long> values, params long[] dimensions) =>
        Constant(name, OnnxElement.LongInteger, MemoryMarshal.AsBytes(values), dimensions);

    /// <summary>Adds a constant whose bytes lie in the file of weights. Several may share them.</summary>
    public string Constant(string name, OnnxElement element, StoredRange range, params long[] dimensions)
    {
        var tensor = Tensor(name, element, dimensions).Integer(14, 1);
        tensor.Message(13, Entry("location", data.Name));
        tensor.Message(13, Entry("offset", range.Offset.ToString(CultureInfo.InvariantCulture)));
        tensor.Message(13, Entry("length", range.SizeBytes.ToString(CultureInfo.InvariantCulture)));
        _graph.Message(5, tensor);
        return name;
    }

    /// <summary>Returns the whole model.</summary>
    public byte[] ToModel() => new ProtobufWriter()
        .Integer(1, IrVersion)
        .Text(2, "terroir")
        .Message(7, _graph)
        .Message(8, new ProtobufWriter().Text(1, string.Empty).Integer(2, OperatorSet))
        .Message(8, new ProtobufWriter().Text(1, Contrib).Integer(2, 1))
        .ToArray();

    private static ProtobufWriter Entry(string key, string value) => new ProtobufWriter().Text(1, key).Text(2, value);

    private static ProtobufWriter Value(string name, OnnxElement element, ReadOnlySpan<string> dimensions)
    {
        var shape = new ProtobufWriter();
        foreach (var dimension in dimensions)
        {
            var length = new ProtobufWriter();
            _ = long.TryParse(dimension, NumberStyles.None, CultureInfo.InvariantCulture, out var known)
                ? length.Integer(1, known)
                : length.Text(2, dimension);
            shape.Message(1, length);
        }

        var tensor = new ProtobufWriter().Integer(1, (long)element).Message(2, shape);
        return new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, tensor));
    }

    private static ProtobufWriter Tensor(string name, OnnxElement element, long[] dimensions)
    {
        var tensor = new ProtobufWriter();
        foreach (var dimension in dimensions)
        {
            tensor.Integer(1, dimension);
        }

        return tensor.Integer(2, (long)element).Text(8, name);
    }

    private string Constant(string name, OnnxElement element, ReadOnlySpan<byte> bytes, long[] dimensions)
    {
        if (bytes.Length <= InlineBytesMax)
        {
            _graph.Message(5, Tensor(name, element, dimensions).Bytes(9, bytes));
            return name;
        }

        var offset = data.Begin();
        data.Write(bytes);
        return Constant(name, element, new StoredRange(offset, bytes.Length), dimensions);
    }
}

using Terroir.Inference.Onnx.Graph;
using Terroir.Inference.Onnx.Weights;

namespace Terroir.Inference.Onnx.Tests.Graph;

/// <summary>A decoder in plain loops, in binary64 where sums are made: what the graph is compared with. It shares no
/// code with the graph but the frequencies of positions, which have their own tests.</summary>
internal sealed class ReferenceDecoder(IWeightSource source)
{
    private readonly ModelShape _shape = source.Shape;
    private readonly Dictionary<string, float[]> _tensors = new(StringComparer.Ordinal);
    private readonly List<float[]>[] _keys = ForLayers(source);
    private readonly List<float[]>[] _values = ForLayers(source);

    /// <summary>Reads one token and returns the logits of the next.</summary>
    public float[] Step(int token)
    {
        var hidden = Tensor(TensorNames.Embedding).AsSpan(token * _shape.Hidden, _shape.Hidden).ToArray();
        for (var layer = 0; layer < _shape.Layers; layer++)
        {
            Add(hidden, Attend(layer, Norm(hidden, Tensor(layer, TensorNames.AttentionNorm), _shape.NormEpsilon)));
            Add(hidden, Feed(layer, Norm(hidden, Tensor(layer, TensorNames.FeedForwardNorm), _shape.NormEpsilon)));
        }

        var normed = Norm(hidden, Tensor(TensorNames.Norm), _shape.NormEpsilon);
        return Multiply(Tensor(_shape.TiedEmbeddings ? TensorNames.Embedding : TensorNames.Output), normed);
    }

    private static List<float[]>[] ForLayers(IWeightSource source) =>
        [.. Enumerable.Range(0, source.Shape.Layers).Select(_ => new List<float[]>())];

    private static void Add(float[] sum, float[] added)
    {
        for (var index = 0; index < sum.Length; index++)
        {
            sum[index] += added[index];
        }
    }

    private static float[] Norm(float[] input, float[] weights, float epsilon)
    {
        var square = input.Sum(value => (double)value * value) / input.Length;
        return [.. input.Select((value, index) => (float)(value / Math.Sqrt(square + epsilon) * weights[index]))];
    }

    private static float[] Multiply(float[] matrix, float[] input)
    {
        var output = new float[matrix.Length / input.Length];
        for (var row = 0; row < output.Length; row++)
        {
            var sum = 0.0;
            for (var column = 0; column < input.Length; column++)
            {
                sum += (double)matrix[(row * input.Length) + column] * input[column];
            }

            output[row] = (float)sum;
        }

        return output;
    }

    private float[] Attend(int layer, float[] input)
    {
        var queries = Project(layer, TensorNames.Query, TensorNames.QueryBias, _shape.QueryKeyValueBiases, input);
        var keys = Project(layer, TensorNames.Key, TensorNames.KeyBias, _shape.QueryKeyValueBiases, input);
        var values = Project(layer, TensorNames.Value, TensorNames.ValueBias, _shape.QueryKeyValueBiases, input);
        if (_shape.QueryKeyNorms)
        {
            queries = NormHeads(queries, Tensor(layer, TensorNames.QueryNorm));
            keys = NormHeads(keys, Tensor(layer, TensorNames.KeyNorm));
        }

        var position = _keys[layer].Count;
        Turn(queries, position);
        Turn(keys, position);
        _keys[layer].Add(keys);
        _values[layer].Add(values);
        var output = new float[_shape.Heads * _shape.HeadSize];
        for (var head = 0; head < _shape.Heads; head++)
        {
            AttendHead(layer, head, queries, output);
        }

        return Project(
            layer,
            TensorNames.AttentionOutput,
            TensorNames.AttentionOutputBias,
            _shape.OutputBias,
            output);
    }

    private void AttendHead(int layer, int head, float[] queries, float[] output)
    {
        var size = _shape.HeadSize;
        var shared = head / (_shape.Heads / _shape.KeyValueHeads) * size;
        var count = _keys[layer].Count;
        var first = _shape.SlidingWindow is { } window ? Math.Max(0, count - window) : 0;
        var scores = new double[count];
        for (var position = first; position < count; position++)
        {
            for (var index = 0; index < size; index++)
            {
                scores[position] += (double)queries[(head * size) + index] * _keys[layer][position][shared + index];
            }

            scores[position] /= Math.Sqrt(size);
        }

        var greatest = scores[first..].Max();
        var weights = scores.Select((score, position) => position < first ? 0 : Math.Exp(score - greatest)).ToArray();
        var total = weights.Sum();
        for (var index = 0; index < size; index++)
        {
            var sum = 0.0;
            for (var position = first; position < count; position++)
            {
                sum += weights[position] / total * _values[layer][position][shared + index];
            }

            output[(head * size) + index] = (float)sum;
        }
    }

    private float[] Feed(int layer, float[] input)
    {
        var gate = Multiply(Tensor(layer, TensorNames.Gate), input);
        var up = Multiply(Tensor(layer, TensorNames.Up), input);
        float[] inner = [.. gate.Select((value, index) => (float)(value / (1 + Math.Exp(-value)) * up[index]))];
        return Multiply(Tensor(layer, TensorNames.Down), inner);
    }

    private float[] Project(int layer, string weight, string bias, bool hasBias, float[] input)
    {
        var output = Multiply(Tensor(layer, weight), input);
        if (hasBias)
        {
            Add(output, Tensor(layer, bias));
        }

        return output;
    }

    private float[] NormHeads(float[] heads, float[] weights) =>
        [.. heads.Chunk(_shape.HeadSize).SelectMany(head => Norm(head, weights, _shape.NormEpsilon))];

    private void Turn(float[] heads, int position)
    {
        var (frequencies, magnitude) = RotaryTable.Frequencies(_shape.Rotary, _shape.HeadSize);
        var half = _shape.HeadSize / 2;
        for (var start = 0; start < heads.Length; start += _shape.HeadSize)
        {
            for (var index = 0; index < half; index++)
            {
                var (first, second) = _shape.Rotary.Interleaved
                    ? (start + (2 * index), start + (2 * index) + 1)
                    : (start + index, start + index + half);
                var (x, y) = (heads[first], heads[second]);
                var (sine, cosine) = Math.SinCos(position * frequencies[index]);
                heads[first] = (float)(((x * cosine) - (y * sine)) * magnitude);
                heads[second] = (float)(((x * sine) + (y * cosine)) * magnitude);
            }
        }
    }

    private float[] Tensor(int layer, string name) => Tensor(TensorNames.OfLayer(layer, name));

    private float[] Tensor(string name)
    {
        if (!_tensors.TryGetValue(name, out var values))
        {
            values = source.GetTensor(name).ReadAll();
            _tensors.Add(name, values);
        }

        return values;
    }
}

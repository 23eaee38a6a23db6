using System.Text.Json;

namespace Terroir.Inference.Onnx.Tokenizers.Reading;

/// <summary>Reads the <c>post_processor</c> of <c>tokenizer.json</c>.</summary>
internal static class JsonTemplates
{
    /// <summary>Makes the template.</summary>
    /// <param name="step">What the file says.</param>
    /// <param name="depth">How deep it lies in others.</param>
    /// <exception cref="VocabularyFault">The step is not known.</exception>
    public static ControlTemplate Read(JsonElement step, int depth = 0)
    {
        VocabularyFault.ThrowIfAbove(depth, TokenizerLimits.StepDepthMax, "post_processor");
        return step.Type() switch
        {
            "TemplateProcessing" => new ControlTemplate(
                [.. step.List("single").Select(item => ReadItem(step, item))],
                [.. step.List("pair").Select(item => ReadItem(step, item))]),
            "BertProcessing" => CreateBert(ReadPair(step, "cls"), ReadPair(step, "sep")),
            "RobertaProcessing" => CreateRoberta(ReadPair(step, "cls"), ReadPair(step, "sep")),
            "ByteLevel" => ControlTemplate.None,
            "Sequence" => ReadSequence(step, depth),
            var type => throw VocabularyFault.Unsupported($"post_processor {type}"),
        };
    }

    /// <summary>That of BERT: <c>[CLS] A [SEP] B [SEP]</c>.</summary>
    public static ControlTemplate CreateBert(int begin, int end)
    {
        TemplateItem[] single = [Control(begin), Text(TemplatePart.First, 0), Control(end)];
        return new ControlTemplate(single, [.. single, Text(TemplatePart.Second, 1), Control(end, 1)]);
    }

    /// <summary>That of RoBERTa, CamemBERT and XLM-R: <c>&lt;s&gt; A &lt;/s&gt;&lt;/s&gt; B &lt;/s&gt;</c>, one
    /// segment. </summary>
    public static ControlTemplate CreateRoberta(int begin, int end)
    {
        TemplateItem[] single = [Control(begin), Text(TemplatePart.First, 0), Control(end)];
        return new ControlTemplate(single, [.. single, Control(end), Text(TemplatePart.Second, 0), Control(end)]);
    }

    private static ControlTemplate ReadSequence(JsonElement step, int depth)
    {
        var templates = step.List("processors")
            .Select(inner => Read(inner, depth + 1))
            .Where(template => template != ControlTemplate.None)
            .ToArray();
        return templates.Length switch
        {
            0 => ControlTemplate.None,
            1 => templates[0],
            _ => throw VocabularyFault.Unsupported("post_processor Sequence"),
        };
    }

    private static TemplateItem ReadItem(JsonElement step, JsonElement item)
    {
        if (item.Find("Sequence") is { } sequence)
        {
            return Text(
                string.Equals(sequence.Text("id"), "B", StringComparison.Ordinal)
                    ? TemplatePart.Second
                    : TemplatePart.First,
                sequence.Number("type_id") ?? 0);
        }

        var special = item.Find("SpecialToken") ?? throw VocabularyFault.Malformed("post_processor");
        var name = special.Text("id");
        var ids = step.Find("special_tokens")?.Find(name)?.List("ids").ToArray();
        return ids is [{ ValueKind: JsonValueKind.Number } id] && id.TryGetInt32(out var value)
            ? Control(value, special.Number("type_id") ?? 0)
            : throw VocabularyFault.Unsupported($"special_tokens {name}");
    }

    private static int ReadPair(JsonElement step, string name) =>
        step.Find(name) is { ValueKind: JsonValueKind.Array } pair && pair.GetArrayLength() == 2
        && pair[1].ValueKind == JsonValueKind.Number && pair[1].TryGetInt32(out var id)
            ? id
            : throw VocabularyFault.Malformed(name);

    private static TemplateItem Control(int id, int segment = 0) => new(TemplatePart.Control, id, segment);

    private static TemplateItem Text(TemplatePart part, int segment) => new(part, 0, segment);
}

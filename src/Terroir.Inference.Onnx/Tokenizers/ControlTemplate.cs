using System.Runtime.InteropServices;

namespace Terroir.Inference.Onnx.Tokenizers;

/// <summary>The control tokens around a text, and around two.</summary>
/// <param name="Single">What stands around one text.</param>
/// <param name="Pair">What stands around two; empty if the model takes no two.</param>
internal sealed record ControlTemplate(IReadOnlyList<TemplateItem> Single, IReadOnlyList<TemplateItem> Pair)
{
    /// <summary>No control token.</summary>
    public static ControlTemplate None { get; } = Around([], []);

    /// <summary>Control tokens before and after a text; two texts follow one another.</summary>
    public static ControlTemplate Around(IEnumerable<int> before, IEnumerable<int> after)
    {
        TemplateItem[] start = [.. before.Select(id => new TemplateItem(TemplatePart.Control, id, 0))];
        TemplateItem[] end = [.. after.Select(id => new TemplateItem(TemplatePart.Control, id, 0))];
        var first = new TemplateItem(TemplatePart.First, 0, 0);
        return new ControlTemplate(
            [.. start, first, .. end],
            [.. start, first, .. end, .. start, new TemplateItem(TemplatePart.Second, 0, 1), .. end]);
    }
}

/// <summary>A place in a template.</summary>
/// <param name="Part">What stands there.</param>
/// <param name="Id">The control token.</param>
/// <param name="Segment">The number of the segment, 0 or 1.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TemplateItem(TemplatePart Part, int Id, int Segment);

namespace Terroir.Sovereignty.Cedar;

/// <summary>A text and the places in it.</summary>
/// <param name="text">The text.</param>
internal sealed class SourceText(string text)
{
    public string Text { get; } = text;

    /// <summary>The line and column of an offset, both from 1.</summary>
    public (int Line, int Column) PlaceOf(int offset)
    {
        var before = Text.AsSpan(0, Math.Min(offset, Text.Length));
        return (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    /// <summary>Makes the error of a place.</summary>
    public PolicyInvalidException Fault(PolicyFaultKind kind, int offset, string subject, string other = "")
    {
        var (line, column) = PlaceOf(offset);
        return Faults.Create(new PolicyFault(kind, line, column, subject, other));
    }
}

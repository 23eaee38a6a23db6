using System.Xml.Linq;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Office;

/// <summary>Footnotes, endnotes and comments of a Word document, by their ids.</summary>
internal sealed class DocxNotes
{
    private readonly Dictionary<(string Kind, string Id), XElement> _notes = [];
    private readonly Dictionary<(string Kind, string Id), int> _numbers = [];

    public DocxNotes(OfficePart main)
    {
        foreach (var (type, kind) in new[] { ("footnotes", "footnote"), ("endnotes", "endnote"),
            ("comments", "comment") })
        {
            foreach (var note in main.RootOf(type).All(kind))
            {
                _notes.TryAdd((kind, note.Get("id") ?? ""), note);
            }
        }
    }

    public XElement? Find(string kind, string? id) => _notes.GetValueOrDefault((kind, id ?? ""));

    /// <summary>Numbers notes in the order of their references, footnotes and endnotes together.</summary>
    public int NumberOf(string kind, string? id)
    {
        var key = (kind, id ?? "");
        if (!_numbers.TryGetValue(key, out var number))
        {
            _numbers[key] = number = _numbers.Count + 1;
        }

        return number;
    }
}

using System.Xml;
using System.Xml.Linq;
using Terroir.Documents;
using Terroir.Readers.Packages;
using Terroir.Readers.PlainText;

namespace Terroir.Readers.Data;

/// <summary>XML of any vocabulary: elements as items, running text as paragraphs, like records as tables. A document
/// type is passed over; its entities do not exist.</summary>
internal sealed class XmlDataReader : FormatReader
{
    public override string Name => "xml";

    public override ExtractedDocument Read(
        ReadOnlyMemory<byte> content,
        ReadLimits limits,
        CancellationToken cancellationToken)
    {
        var text = TextDecoder.DecodeMarkup(content.Span).TrimStart();
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Ignore,
            XmlResolver = null,
            MaxCharactersInDocument = limits.XmlSizeMaxBytes,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CheckCharacters = false,
        };
        using var reader = XmlReader.Create(new StringReader(text), settings);
        var root = XmlTree.Load(reader, limits, cancellationToken);
        var records = new RecordBlocks(limits, cancellationToken);
        Add(root, records, 0);
        return new ExtractedDocument { MediaType = "application/xml", Reader = Name, Blocks = records.Blocks };
    }

    private static void Add(XElement element, RecordBlocks records, int depth)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (IsRunningText(element))
        {
            records.Blocks.Add(new ParagraphBlock(Collapse(element.Value), SourcePlace.Whole));
            return;
        }

        var record = ToRecord(element);
        if (record.IsValue || record.IsFlat)
        {
            records.Add(record, element.Name.LocalName, depth, SourcePlace.Whole);
            return;
        }

        if (depth > 0)
        {
            records.Blocks.Add(new ListItemBlock(depth - 1, null, Named(element), SourcePlace.Whole));
        }

        foreach (var group in Runs(element))
        {
            var all = group.Select(child => (ToRecord(child), SourcePlace.Whole)).ToArray();
            if (all.Length > 1 && Array.TrueForAll(all, item => item.Item1.IsFlat))
            {
                records.AddAll(all, depth);
            }
            else
            {
                group.ForEach(child => Add(child, records, depth + 1));
            }
        }
    }

    // Neighbours of one name belong together.
    private static IEnumerable<List<XElement>> Runs(XElement element)
    {
        var run = new List<XElement>();
        foreach (var child in element.Elements())
        {
            if (run.Count > 0 && run[0].Name != child.Name)
            {
                yield return run;
                run = [];
            }

            run.Add(child);
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }

    // Only one level: deeper elements make it no flat record.
    private static DataRecord ToRecord(XElement element)
    {
        var members = element.Attributes().Select(item => (item.Name.LocalName, Value(item.Value)))
            .Concat(element.Elements().Select(child => (child.Name.LocalName, child.HasElements || child.HasAttributes
                ? new DataRecord("", [("", Value(""))], IsList: true)
                : Value(child.Value))))
            .ToList();
        if (members.Count > 0 && !element.HasElements && element.Value.Trim().Length > 0)
        {
            members.Add(("text", Value(element.Value)));
        }

        return members.Count == 0 ? Value(element.Value) : new DataRecord("", members, IsList: false);
    }

    private static DataRecord Value(string text) => new(Collapse(text), [], IsList: false);

    private static bool IsRunningText(XElement element) =>
        element.HasElements && element.Nodes().OfType<XText>().Any(text => text.Value.Trim().Length > 0);

    private static string Named(XElement element)
    {
        var attributes = string.Join(", ", element.Attributes().Select(item => $"{item.Name.LocalName}: {item.Value}"));
        return attributes.Length == 0 ? element.Name.LocalName : $"{element.Name.LocalName} ({attributes})";
    }

    private static string Collapse(string text) =>
        string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
}

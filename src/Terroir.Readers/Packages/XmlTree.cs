using System.Xml;
using System.Xml.Linq;
using Terroir.Documents;

namespace Terroir.Readers.Packages;

/// <summary>Loads XML from hostile files: no document type, no entity, no address is followed, and size and depth are
/// bounded, so that the tree can be walked recursively.</summary>
internal static class XmlTree
{
    private const string Compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006";

    /// <summary>Loads a tree. Of an <c>mc:AlternateContent</c> one branch stands in its place: the first choice, or
    /// the fallback where there is none.</summary>
    public static XElement Load(Stream stream, ReadLimits limits, CancellationToken cancellationToken)
    {
        using var reader = CreateReader(stream, limits.XmlSizeMaxBytes);
        return Load(reader, limits, cancellationToken);
    }

    /// <summary>Makes a reader for parts that are too large for a tree.</summary>
    public static XmlReader CreateReader(Stream stream, long sizeMax) =>
        XmlReader.Create(stream, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = sizeMax,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            CheckCharacters = false,
            CloseInput = false,
        });

    /// <summary>Raises the verdict on elements that stand too deep.</summary>
    public static void CheckDepth(int depth, ReadLimits limits)
    {
        if (depth > limits.NestingMax)
        {
            throw new UnreadableException(
                UnreadableReason.TooLarge,
                RemarkCode.ElementsTooDeep,
                limits.NestingMax);
        }
    }

    /// <summary>Loads a tree from an open reader.</summary>
    public static XElement Load(XmlReader reader, ReadLimits limits, CancellationToken cancellationToken)
    {
        var open = new Stack<XElement>();
        XElement? root = null;
        var isRead = reader.Read();
        while (isRead)
        {
            cancellationToken.ThrowIfCancellationRequested();
            CheckDepth(reader.Depth, limits);
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when IsSkipped(reader, open):
                    reader.Skip();
                    isRead = !reader.EOF;
                    continue;
                case XmlNodeType.Element:
                    root = Begin(reader, open) ?? root;
                    break;
                case XmlNodeType.EndElement:
                    End(open);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace
                    or XmlNodeType.Whitespace when open.Count > 0:
                    open.Peek().Add(new XText(reader.Value));
                    break;
            }

            isRead = reader.Read();
        }

        return root ?? throw new XmlException("There is no root element.");
    }

    private static XElement? Begin(XmlReader reader, Stack<XElement> open)
    {
        var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
        var isEmpty = reader.IsEmptyElement;
        while (reader.MoveToNextAttribute())
        {
            if (!string.Equals(reader.NamespaceURI, "http://www.w3.org/2000/xmlns/", StringComparison.Ordinal))
            {
                element.SetAttributeValue(XName.Get(reader.LocalName, reader.NamespaceURI), reader.Value);
            }
        }

        var isRoot = open.Count == 0;
        if (!isRoot)
        {
            open.Peek().Add(element);
        }

        if (!isEmpty)
        {
            open.Push(element);
        }

        return isRoot ? element : null;
    }

    private static void End(Stack<XElement> open)
    {
        var element = open.Pop();
        if (IsAlternate(element) && element.Parent is not null)
        {
            var branches = element.Elements().ToArray();
            var nodes = branches.SelectMany(branch => branch.Nodes()).ToArray();
            foreach (var branch in branches)
            {
                branch.RemoveNodes();
            }

            element.ReplaceWith(nodes);
        }
    }

    private static bool IsSkipped(XmlReader reader, Stack<XElement> open) =>
        open.Count > 0 && IsAlternate(open.Peek()) && open.Peek().HasElements;

    private static bool IsAlternate(XElement element) =>
        element.Name is { LocalName: "AlternateContent", NamespaceName: Compatibility };
}

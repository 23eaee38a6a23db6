using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Terroir.Access;

/// <summary>Reads a small YAML file that anyone may have written: bounded, and every part knows its line.</summary>
/// <remarks>Anchors, aliases, tags, a second document and a key that is there twice are faults: what decides who
/// reads has one meaning.</remarks>
internal sealed class YamlTree
{
    /// <summary>The deepest nesting. A parser that follows a hostile file down would end the process.</summary>
    internal const int DepthMax = 8;

    private readonly Parser _parser;

    private YamlTree(string text)
    {
        // A file may begin with a byte order mark.
        var reader = new StringReader(text.TrimStart('\uFEFF'));
        _parser = new Parser(new Scanner(reader, skipComments: true));
    }

    private int Line => (int)_parser.Current!.Start.Line;

    /// <summary>Reads a file.</summary>
    /// <returns>Its content, or <see langword="null"/> if it holds nothing.</returns>
    /// <exception cref="YamlFaultException">It is not such a file.</exception>
    public static YamlNode? Parse(string text)
    {
        try
        {
            return new YamlTree(text).ReadStream();
        }
        catch (YamlException exception)
        {
            throw new YamlFaultException(
                (int)exception.Start.Line,
                $"This is no YAML: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    private YamlNode? ReadStream()
    {
        Move();
        Move();
        if (_parser.Current is StreamEnd)
        {
            return null;
        }

        Move();
        var root = ReadNode(depth: 0);
        Move();
        return _parser.Current is StreamEnd
            ? root
            : throw new YamlFaultException(Line, "The file holds a second document after '---'.");
    }

    // Leaves the parser behind the node.
    private YamlNode ReadNode(int depth)
    {
        if (depth > DepthMax)
        {
            throw new YamlFaultException(Line, "Values stand too deep inside one another.");
        }

        if (_parser.Current is not NodeEvent node || !node.Anchor.IsEmpty || !node.Tag.IsEmpty)
        {
            throw new YamlFaultException(Line, "Anchors, aliases and tags (& * !) mean nothing here.");
        }

        var line = Line;
        Move();
        return node switch
        {
            Scalar scalar => new YamlText(line, scalar.Value, scalar.Style is not ScalarStyle.Plain),
            SequenceStart => new YamlList(line, ReadItems(depth)),
            _ => new YamlMap(line, ReadEntries(depth)),
        };
    }

    private List<YamlNode> ReadItems(int depth)
    {
        var items = new List<YamlNode>();
        while (_parser.Current is not SequenceEnd)
        {
            items.Add(ReadNode(depth + 1));
        }

        Move();
        return items;
    }

    private List<YamlEntry> ReadEntries(int depth)
    {
        var entries = new List<YamlEntry>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (_parser.Current is not MappingEnd)
        {
            if (ReadNode(depth + 1) is not YamlText key)
            {
                throw new YamlFaultException(Line, "A key is one text.");
            }

            if (!keys.Add(key.Value))
            {
                throw new YamlFaultException(key.Line, $"'{key.Short}' is there twice.");
            }

            entries.Add(new YamlEntry(key, ReadNode(depth + 1)));
        }

        Move();
        return entries;
    }

    private void Move()
    {
        if (!_parser.MoveNext())
        {
            throw new YamlFaultException(1, "The file ends too early.");
        }
    }
}

using Spectre.Console;
using Terroir.Lineage;

namespace Terroir.Cli.Output;

/// <summary>Draws a lineage as a tree.</summary>
internal static class LineageTree
{
    private const int ShortHashLength = 12;

    /// <summary>Draws a node and everything below it.</summary>
    public static Tree Draw(LineageNode root, LineageWords words)
    {
        var tree = new Tree(Line(root, words));
        Add(tree, root, words);
        return tree;
    }

    private static void Add(IHasTreeNodes tree, LineageNode node, LineageWords words)
    {
        foreach (var child in node.Children)
        {
            Add(tree.AddNode(Line(child, words)), child, words);
        }

        if (node.OmittedCount > 0)
        {
            tree.AddNode(Terminal.Plain(words.Omitted(node.OmittedCount)));
        }
    }

    private static Text Line(LineageNode node, LineageWords words)
    {
        var facts = node.Facts.Select(fact => $"{words.Fact(fact.Name)} {Shorten(words.Value(fact))}");
        var about = string.Join(", ", facts);
        var name = $"{words.Kind(node)} {Shorten(words.Id(node))}";
        return Terminal.Plain(about.Length == 0 ? name : $"{name}: {about}");
    }

    // Whole ids are in the JSON; on a screen, the first digits tell one from another.
    private static string Shorten(string value) =>
        ContentHash.TryParse(value, out var hash) ? hash.Hex[..ShortHashLength]
        : value.Split('/') is [var receipt, var number] && ContentHash.TryParse(receipt, out _) ? number
        : value;
}

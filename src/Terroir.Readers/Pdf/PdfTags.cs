using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Tokens;

namespace Terroir.Readers.Pdf;

/// <summary>The structure tree of a tagged file: from the numbers of marked content to what the words are.</summary>
internal sealed class PdfTags
{
    /// <summary>Bounds of the tree; what is beyond has no role.</summary>
    private const int DepthMax = 32;

    private const int NodeCountMax = 50_000;

    private readonly PdfDocument _document;
    private readonly Dictionary<int, IToken> _parents = [];
    private readonly Dictionary<string, string> _roles = new(StringComparer.Ordinal);
    private int _nodeCount;

    private PdfTags(PdfDocument document) => _document = document;

    /// <summary>The tags of a document, or <see langword="null"/> if it has none that can be read.</summary>
    public static PdfTags? Of(PdfDocument document)
    {
        var tags = new PdfTags(document);
        try
        {
            var catalog = document.Structure.Catalog.CatalogDictionary;
            if (tags.Get(catalog, "StructTreeRoot") is not DictionaryToken root
                || tags.Get(root, "ParentTree") is not DictionaryToken parents)
            {
                return null;
            }

            tags.ReadRoles(root);
            tags.ReadParents(parents, 0);
            return tags._parents.Count == 0 ? null : tags;
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not OutOfMemoryException)
        {
            // A broken tree costs the tags alone: the page is read by its looks.
            return null;
        }
    }

    /// <summary>The roles of a page's letters.</summary>
    public IReadOnlyDictionary<Letter, int> RolesOf(Page page)
    {
        var roles = new Dictionary<Letter, int>(ReferenceEqualityComparer.Instance);
        try
        {
            var elements = Get(page.Dictionary, "StructParents") is NumericToken key
                && _parents.TryGetValue(key.Int, out var parent)
                    ? Resolve(parent) as ArrayToken
                    : null;
            Add(page.GetMarkedContents(), elements, roles, 0);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not OutOfMemoryException)
        {
            roles.Clear();
        }

        return roles;
    }

    private void Add(
        IReadOnlyList<MarkedContentElement> contents,
        ArrayToken? elements,
        Dictionary<Letter, int> roles,
        int depth)
    {
        foreach (var content in contents)
        {
            var role = RoleOf(content, elements);
            if (role != PdfRole.None)
            {
                foreach (var letter in content.Letters)
                {
                    roles[letter] = (int)role;
                }
            }

            if (depth < DepthMax)
            {
                Add(content.Children, elements, roles, depth + 1);
            }
        }
    }

    private PdfRole RoleOf(MarkedContentElement content, ArrayToken? elements)
    {
        if (content is ArtifactMarkedContentElement artifact)
        {
            return artifact.Type == ArtifactMarkedContentElement.ArtifactType.Pagination ? PdfRole.Pagination
                : PdfRole.None;
        }

        var number = content.MarkedContentIdentifier;
        return elements is null || number < 0 || number >= elements.Data.Count ? PdfRole.None
            : RoleOf(elements.Data[number]);
    }

    // The nearest block about the words: a word in a span of a heading is a heading's.
    private PdfRole RoleOf(IToken token)
    {
        for (var step = 0; step < DepthMax && Resolve(token) is DictionaryToken element; step++)
        {
            var name = (Get(element, "S") as NameToken)?.Data ?? "";
            var role = _roles.GetValueOrDefault(name, name) switch
            {
                "Title" or "H1" or "H" => PdfRole.Heading1,
                "H2" or "H3" or "H4" or "H5" or "H6" => (PdfRole)(_roles.GetValueOrDefault(name, name)[1] - '0'),
                "Caption" => PdfRole.Caption,
                "P" or "LI" or "LBody" or "Lbl" or "TD" or "TH" or "TOCI" or "Note" or "BlockQuote" or "Code"
                    => PdfRole.Text,
                _ => PdfRole.None,
            };
            if (role != PdfRole.None)
            {
                return role;
            }

            if (!element.TryGet(NameToken.Create("P"), out token!))
            {
                break;
            }
        }

        return PdfRole.None;
    }

    private void ReadRoles(DictionaryToken root)
    {
        if (Get(root, "RoleMap") is DictionaryToken map)
        {
            foreach (var (name, value) in map.Data.Take(NodeCountMax))
            {
                if (Resolve(value) is NameToken standard)
                {
                    _roles[name] = standard.Data;
                }
            }
        }
    }

    private void ReadParents(DictionaryToken node, int depth)
    {
        if (depth > DepthMax || ++_nodeCount > NodeCountMax)
        {
            return;
        }

        if (Get(node, "Nums") is ArrayToken numbers)
        {
            for (var index = 0; index + 1 < numbers.Data.Count && _parents.Count < NodeCountMax; index += 2)
            {
                if (Resolve(numbers.Data[index]) is NumericToken key)
                {
                    _parents[key.Int] = numbers.Data[index + 1];
                }
            }
        }

        if (Get(node, "Kids") is ArrayToken kids)
        {
            foreach (var kid in kids.Data)
            {
                if (Resolve(kid) is DictionaryToken inner)
                {
                    ReadParents(inner, depth + 1);
                }
            }
        }
    }

    private IToken? Get(DictionaryToken dictionary, string name) =>
        dictionary.TryGet(NameToken.Create(name), out var token) ? Resolve(token) : null;

    private IToken? Resolve(IToken token)
    {
        for (var step = 0; step < DepthMax && token is IndirectReferenceToken reference; step++)
        {
            if (_document.Structure.GetObject(reference.Data)?.Data is not { } inner)
            {
                return null;
            }

            token = inner;
        }

        return token;
    }
}

namespace Terroir.Server.Scim;

/// <summary>Reads filters, and the paths of patches.</summary>
/// <remarks>By recursive descent over the grammar of RFC 7644, figures 1 and 7: <c>or</c> binds less than <c>and</c>,
/// and <c>not</c> takes brackets. What clients write besides is taken too: <c>emails[type eq "work"].value eq "x"</c>.
/// </remarks>
internal sealed class FilterParser
{
    private readonly ScimSchema _schema;
    private readonly Func<string, ScimFaultException> _fault;
    private readonly FilterScanner _scanner;
    private int _depth;

    private FilterParser(string text, ScimSchema schema, Func<string, ScimFaultException> fault)
    {
        (_schema, _fault) = (schema, fault);
        _scanner = new FilterScanner(text, fault);
    }

    /// <summary>Reads a filter.</summary>
    /// <param name="text">The filter; <see cref="ScimLimits.FilterLengthMax"/> characters at most, brackets in
    /// <see cref="ScimLimits.FilterDepthMax"/> levels at most.</param>
    /// <param name="schema">What is filtered.</param>
    /// <exception cref="ScimFaultException">It is no filter (<c>invalidFilter</c>).</exception>
    public static ScimFilter Parse(string text, ScimSchema schema)
    {
        var parser = new FilterParser(text, schema, ScimFaultException.Filter);
        var filter = parser.ReadOr(parser.ResolveOwn);
        return parser._scanner.IsAtEnd ? filter : throw parser._scanner.Fault("expected 'and', 'or' or the end");
    }

    /// <summary>Reads the path of a patch.</summary>
    /// <param name="text">Such as <c>displayName</c>, <c>name.formatted</c> or <c>members[value eq "x"]</c>.</param>
    /// <param name="schema">What is changed.</param>
    /// <exception cref="ScimFaultException">It is no path (<c>invalidPath</c>).</exception>
    public static ScimPath ParsePath(string text, ScimSchema schema)
    {
        var parser = new FilterParser(text, schema, ScimFaultException.Path);
        var scanner = parser._scanner;
        var attribute = parser.ResolveOwn(scanner.TakeName());
        ScimFilter? filter = null;
        AttributePath? part = null;
        if (scanner.TryTake('['))
        {
            filter = parser.ReadInner(attribute);
            part = parser.ReadPart(attribute);
        }

        return scanner.IsAtEnd
            ? new ScimPath(attribute, filter) { Part = part?.Attribute ?? attribute.Part }
            : throw scanner.Fault("expected the end");
    }

    private AttributePath ResolveOwn(string name) => _schema.Resolve(name, _fault);

    private ScimFilter ReadOr(Func<string, AttributePath> resolve)
    {
        var filter = ReadAnd(resolve);
        while (_scanner.TryTakeWord("or"))
        {
            filter = new FilterOr(filter, ReadAnd(resolve));
        }

        return filter;
    }

    private ScimFilter ReadAnd(Func<string, AttributePath> resolve)
    {
        var filter = ReadOne(resolve);
        while (_scanner.TryTakeWord("and"))
        {
            filter = new FilterAnd(filter, ReadOne(resolve));
        }

        return filter;
    }

    private ScimFilter ReadOne(Func<string, AttributePath> resolve)
    {
        if (_scanner.TryTakeWord("not"))
        {
            _scanner.Take('(');
            return new FilterNot(ReadBracket(resolve, ')'));
        }

        if (_scanner.TryTake('('))
        {
            return ReadBracket(resolve, ')');
        }

        var path = resolve(_scanner.TakeName());
        if (!_scanner.TryTake('['))
        {
            return ReadTest(path);
        }

        var inner = ReadInner(path);
        return new FilterValue(path, ReadPart(path) is { } part ? new FilterAnd(inner, ReadTest(part)) : inner);
    }

    private ScimFilter ReadInner(AttributePath path) =>
        path.Attribute is null || (path.Part is null && path.Attribute is { IsMany: true, Type: ScimType.Complex })
            ? ReadBracket(name => ScimSchema.Inside(path.Attribute, name, _fault), ']')
            : throw _scanner.Fault("only an attribute with several values takes a filter in brackets");

    private AttributePath? ReadPart(AttributePath path) => _scanner.TryTake('.')
        ? ScimSchema.Inside(path.Attribute, _scanner.TakeName(), _fault)
        : null;

    private ScimFilter ReadBracket(Func<string, AttributePath> resolve, char end)
    {
        if (++_depth > ScimLimits.FilterDepthMax)
        {
            throw _scanner.Fault($"brackets are nested {ScimLimits.FilterDepthMax} deep at most");
        }

        var filter = ReadOr(resolve);
        _scanner.Take(end);
        _depth--;
        return filter;
    }

    private ScimFilter ReadTest(AttributePath path)
    {
        var name = _scanner.TakeName();
        if (string.Equals(name, "pr", StringComparison.OrdinalIgnoreCase))
        {
            return new FilterPresence(path);
        }

        var comparison = Array.Find(
            Enum.GetValues<FilterOperator>(),
            known => string.Equals(ScimFilter.Write(known), name, StringComparison.OrdinalIgnoreCase));
        return string.Equals(ScimFilter.Write(comparison), name, StringComparison.OrdinalIgnoreCase)
            ? FilterMatcher.Check(new FilterComparison(path, comparison, _scanner.TakeValue()), _fault)
            : throw _scanner.Fault("expected eq, ne, co, sw, ew, pr, gt, ge, lt or le");
    }
}

/// <summary>What an operation of a patch changes.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="Filter">Which of its values; <see langword="null"/> for all.</param>
internal sealed record ScimPath(AttributePath Attribute, ScimFilter? Filter)
{
    /// <summary>The part of them; <see langword="null"/> for the whole values.</summary>
    public ScimAttribute? Part { get; init; }
}

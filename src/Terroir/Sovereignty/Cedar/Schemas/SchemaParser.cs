namespace Terroir.Sovereignty.Cedar;

/// <summary>Reads a schema in the syntax for people (<c>.cedarschema</c>).</summary>
internal sealed class SchemaParser
{
    private readonly TokenReader _reader;
    private readonly SchemaSyntax _schema;

    private SchemaParser(string text)
    {
        _reader = new TokenReader(text);
        _schema = new SchemaSyntax { Source = _reader.Source };
    }

    /// <summary>Reads a schema.</summary>
    /// <exception cref="PolicyInvalidException">The text is not of the grammar.</exception>
    public static SchemaSyntax Read(string text)
    {
        var parser = new SchemaParser(text);
        while (!parser._reader.IsAtEnd)
        {
            PolicyParser.ReadAnnotations(parser._reader);
            if (parser._reader.Current.Is("namespace"))
            {
                parser.ReadNamespace();
            }
            else
            {
                parser.ReadDeclaration(parser._schema.Get(""));
            }
        }

        return parser._schema;
    }

    private void ReadNamespace()
    {
        _reader.Take();
        var start = _reader.Current.Start;
        var name = _reader.ExpectPath();
        if (_schema.Namespaces.ContainsKey(name))
        {
            throw _reader.Source.Fault(PolicyFaultKind.Duplicate, start, name);
        }

        _reader.Expect("{");
        var declarations = _schema.Get(name);
        while (!_reader.TryTake("}"))
        {
            PolicyParser.ReadAnnotations(_reader);
            ReadDeclaration(declarations);
        }
    }

    private void ReadDeclaration(NamespaceSyntax declarations)
    {
        if (_reader.TryTake("entity"))
        {
            ReadEntities(declarations);
        }
        else if (_reader.TryTake("action"))
        {
            ReadActions(declarations);
        }
        else if (_reader.TryTake("type"))
        {
            var start = _reader.Current.Start;
            var name = _reader.ExpectName();
            _reader.Expect("=");
            _schema.Add(declarations.CommonTypes, name, start, ReadType());
        }
        else
        {
            throw _reader.Unexpected("entity, action, type or namespace");
        }

        _reader.Expect(";");
    }

    private void ReadEntities(NamespaceSyntax declarations)
    {
        var start = _reader.Current.Start;
        var names = ReadSequence(_reader.ExpectName);
        EntitySyntax entity;
        if (_reader.TryTake("enum"))
        {
            var ids = _reader.ReadList("[", "]", _reader.ExpectString);
            entity = new EntitySyntax(start, [], Shape: null, Tags: null, ids);
            if (ids.Count == 0)
            {
                throw _reader.Unexpected("at least one string");
            }
        }
        else
        {
            var parents = _reader.TryTake("in") ? ReadNames() : [];
            var hasShape = _reader.TryTake("=");
            var shape = hasShape || _reader.Current.Is("{") ? ReadRecord() : null;
            var tags = _reader.TryTake("tags") ? ReadType() : null;
            entity = new EntitySyntax(start, parents, shape, tags, Ids: null);
        }

        foreach (var name in names)
        {
            _schema.Add(declarations.Entities, name, start, entity);
        }
    }

    private void ReadActions(NamespaceSyntax declarations)
    {
        var start = _reader.Current.Start;
        var names = ReadSequence(ReadKey);
        List<(string? Type, string Id)> parents = !_reader.TryTake("in") ? []
            : _reader.Current.Is("[") ? _reader.ReadList("[", "]", ReadActionName)
            : [ReadActionName()];
        var action = new ActionSyntax(start, parents, [], [], Context: null);
        if (_reader.TryTake("appliesTo"))
        {
            action = ReadAppliesTo(action);
        }

        if (_reader.TryTake("attributes"))
        {
            _reader.Expect("{");
            _reader.Expect("}");
        }

        foreach (var name in names)
        {
            _schema.Add(declarations.Actions, name, start, action);
        }
    }

    private ActionSyntax ReadAppliesTo(ActionSyntax action)
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        _reader.ReadList("{", "}", () =>
        {
            var part = _reader.Expect(TokenKind.Name, "principal, resource or context");
            _reader.Expect(":");
            if (!given.Add(part.Text))
            {
                throw _reader.Source.Fault(PolicyFaultKind.Duplicate, part.Start, part.Text);
            }

            action = part.Text switch
            {
                "principal" => action with { Principals = ReadTypes() },
                "resource" => action with { Resources = ReadTypes() },
                "context" => action with { Context = ReadType() },
                _ => throw _reader.Source.Fault(
                    PolicyFaultKind.UnexpectedToken,
                    part.Start,
                    "principal, resource or context",
                    $"'{part.Text}'"),
            };
            return part;
        });
        return given.Contains("principal") && given.Contains("resource")
            ? action
            : throw _reader.Source.Fault(
                PolicyFaultKind.UnexpectedToken,
                action.Place,
                "principal and resource",
                "appliesTo");
    }

    private List<T> ReadSequence<T>(Func<T> read)
    {
        var list = new List<T> { read() };
        while (_reader.TryTake(","))
        {
            list.Add(read());
        }

        return list;
    }

    private List<string> ReadNames() =>
        _reader.Current.Is("[") ? _reader.ReadList("[", "]", _reader.ExpectPath) : [_reader.ExpectPath()];

    // An action that nobody may do, or with nothing, has no appliesTo at all.
    private List<string> ReadTypes() =>
        ReadNames() is { Count: > 0 } names ? names : throw _reader.Unexpected("at least one type");

    private string ReadKey() =>
        _reader.Current.Kind == TokenKind.String ? _reader.ExpectString() : _reader.ExpectName();

    private (string? Type, string Id) ReadActionName()
    {
        if (_reader.Current.Kind == TokenKind.String || !_reader.Peek(1).Is("::"))
        {
            return (null, ReadKey());
        }

        var action = _reader.ExpectEntity();
        return (action.Type, action.Id);
    }

    private TypeSyntax ReadType() => _reader.Nest<TypeSyntax>(() =>
    {
        var start = _reader.Current.Start;
        if (_reader.Current.Is("{"))
        {
            return ReadRecord();
        }

        if (_reader.Current.Is("Set") && _reader.Peek(1).Is("<"))
        {
            _reader.Take();
            _reader.Take();
            var element = ReadType();
            _reader.Expect(">");
            return new SetSyntax(start, element);
        }

        return new NameSyntax(start, ReadTypeName(), NameScope.All);
    });

    // The one place where a name may begin with the namespace of the language.
    private string ReadTypeName()
    {
        if (!_reader.TryTake("__cedar"))
        {
            return _reader.ExpectPath();
        }

        _reader.Expect("::");
        return $"__cedar::{_reader.ExpectName()}";
    }

    private RecordSyntax ReadRecord()
    {
        var start = _reader.Current.Start;
        var names = new HashSet<string>(StringComparer.Ordinal);
        return new RecordSyntax(start, _reader.ReadList("{", "}", () =>
        {
            PolicyParser.ReadAnnotations(_reader);
            var place = _reader.Current.Start;
            var name = ReadKey();
            var isRequired = !_reader.TryTake("?");
            _reader.Expect(":");
            return names.Add(name)
                ? new AttributeSyntax(name, ReadType(), isRequired)
                : throw _reader.Source.Fault(PolicyFaultKind.Duplicate, place, CedarText.Quote(name));
        }));
    }
}

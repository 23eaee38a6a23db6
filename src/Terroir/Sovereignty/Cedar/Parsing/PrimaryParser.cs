using System.Globalization;

namespace Terroir.Sovereignty.Cedar;

/// <summary>Reads literals, variables, entities, sets, records, calls and what stands in brackets.</summary>
/// <param name="reader">The tokens.</param>
internal sealed class PrimaryParser(TokenReader reader)
{
    /// <summary>Reads one.</summary>
    /// <param name="readExpression">Reads an expression inside it.</param>
    public Expression Read(Func<Expression> readExpression)
    {
        var token = reader.Current;
        switch (token.Kind)
        {
            case TokenKind.Integer:
                reader.Take();
                return long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? new LiteralExpression(token.Start, new LongValue(number))
                    : throw reader.Source.Fault(PolicyFaultKind.IntegerTooLarge, token.Start, token.Text);
            case TokenKind.String:
                return new LiteralExpression(token.Start, new StringValue(reader.ExpectString()));
            case TokenKind.Slot:
                throw reader.Source.Fault(PolicyFaultKind.InvalidSlot, token.Start, token.Text);
            case TokenKind.Name:
                return ReadName(readExpression);
            default:
                return ReadBracket(readExpression);
        }
    }

    private Expression ReadBracket(Func<Expression> readExpression)
    {
        var start = reader.Current.Start;
        if (reader.TryTake("("))
        {
            var expression = readExpression();
            reader.Expect(")");
            return expression;
        }

        if (reader.Current.Is("["))
        {
            return new SetExpression(start, reader.ReadList("[", "]", readExpression));
        }

        if (!reader.Current.Is("{"))
        {
            throw reader.Unexpected("an expression");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        return new RecordExpression(start, reader.ReadList("{", "}", () => ReadAttribute(names, readExpression)));
    }

    private KeyValuePair<string, Expression> ReadAttribute(HashSet<string> names, Func<Expression> readExpression)
    {
        var start = reader.Current.Start;
        var name = reader.Current.Kind == TokenKind.String ? reader.ExpectString() : reader.ExpectName();
        if (!names.Add(name))
        {
            throw reader.Source.Fault(PolicyFaultKind.Duplicate, start, CedarText.Quote(name));
        }

        reader.Expect(":");
        return new(name, readExpression());
    }

    private Expression ReadName(Func<Expression> readExpression)
    {
        var token = reader.Current;
        if (token.Is("true") || token.Is("false"))
        {
            reader.Take();
            return new LiteralExpression(token.Start, CedarValue.Of(token.Is("true")));
        }

        if (reader.Peek(1).Is("::"))
        {
            var path = reader.ExpectPath();
            if (reader.Current.Is("("))
            {
                throw reader.Source.Fault(PolicyFaultKind.UnknownFunction, token.Start, path);
            }

            reader.Expect("::");
            return new LiteralExpression(
                token.Start,
                new EntityValue(new EntityUid(path, reader.ExpectString())));
        }

        var name = reader.ExpectName();
        if (reader.Current.Is("("))
        {
            return ReadCall(token, name, readExpression);
        }

        Variable? variable = name switch
        {
            "principal" => Variable.Principal,
            "action" => Variable.Action,
            "resource" => Variable.Resource,
            "context" => Variable.Context,
            _ => null,
        };
        return variable is { } known
            ? new VariableExpression(token.Start, known)
            : throw reader.Source.Fault(
                PolicyFaultKind.UnexpectedToken,
                token.Start,
                "principal, action, resource, context or a value",
                $"'{name}'");
    }

    private CallExpression ReadCall(Token token, string name, Func<Expression> readExpression)
    {
        if (ExtensionFunction.Find(name) is not { IsConstructor: true } function)
        {
            throw reader.Source.Fault(PolicyFaultKind.UnknownFunction, token.Start, name);
        }

        return new CallExpression(token.Start, function, reader.ReadList("(", ")", readExpression));
    }
}

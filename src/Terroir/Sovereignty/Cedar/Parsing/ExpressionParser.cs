using System.Globalization;

namespace Terroir.Sovereignty.Cedar;

/// <summary>Reads expressions, by recursive descent over the grammar of the language.</summary>
/// <param name="reader">The tokens.</param>
internal sealed class ExpressionParser(TokenReader reader)
{
    private static readonly Dictionary<string, BinaryOperator> Relations = new(StringComparer.Ordinal)
    {
        ["=="] = BinaryOperator.Equal,
        ["!="] = BinaryOperator.NotEqual,
        ["<"] = BinaryOperator.Less,
        ["<="] = BinaryOperator.LessOrEqual,
        [">"] = BinaryOperator.Greater,
        [">="] = BinaryOperator.GreaterOrEqual,
        ["in"] = BinaryOperator.In,
    };

    private readonly PrimaryParser _primary = new(reader);

    /// <summary>Reads an expression.</summary>
    /// <exception cref="PolicyInvalidException">There is none.</exception>
    public Expression Read() => reader.Nest(() => reader.Current.Is("if") ? ReadIf() : ReadOr());

    private IfExpression ReadIf()
    {
        var start = reader.Take().Start;
        var condition = Read();
        reader.Expect("then");
        var then = Read();
        reader.Expect("else");
        return Bound(new IfExpression(start, condition, then, Read()));
    }

    private Expression ReadOr()
    {
        var left = ReadAnd();
        while (reader.TryTake("||"))
        {
            left = Bound(new OrExpression(left.Start, left, ReadAnd()));
        }

        return left;
    }

    private Expression ReadAnd()
    {
        var left = ReadRelation();
        while (reader.TryTake("&&"))
        {
            left = Bound(new AndExpression(left.Start, left, ReadRelation()));
        }

        return left;
    }

    private Expression ReadRelation()
    {
        var left = ReadSum();
        if (reader.TryTake("has"))
        {
            return ReadHas(left);
        }

        if (reader.TryTake("like"))
        {
            var pattern = reader.Expect(TokenKind.String, "a pattern in quotation marks");
            return Bound(new LikeExpression(left.Start, left, StringLiteral.ReadPattern(reader.Source, pattern)));
        }

        if (reader.TryTake("is"))
        {
            return ReadIs(left);
        }

        if (reader.Current.Kind is TokenKind.Symbol or TokenKind.Name
            && Relations.TryGetValue(reader.Current.Text, out var relation))
        {
            reader.Take();
            var expression = Bound(new BinaryExpression(left.Start, relation, left, ReadSum()));
            return Relations.ContainsKey(reader.Current.Text)
                ? throw reader.Unexpected("brackets around the first comparison")
                : expression;
        }

        return left;
    }

    // a has b.c means a has b && a.b has c (Cedar RFC 62).
    private Expression ReadHas(Expression operand)
    {
        if (reader.Current.Kind == TokenKind.String)
        {
            return Bound(new HasExpression(operand.Start, operand, reader.ExpectString()));
        }

        var name = reader.ExpectName();
        Expression all = Bound(new HasExpression(operand.Start, operand, name));
        while (reader.TryTake("."))
        {
            operand = Bound(new GetExpression(operand.Start, operand, name));
            name = reader.ExpectName();
            all = Bound(new AndExpression(operand.Start, all, new HasExpression(operand.Start, operand, name)));
        }

        return all;
    }

    private Expression ReadIs(Expression operand)
    {
        var test = Bound(new IsExpression(operand.Start, operand, reader.ExpectPath()));
        return reader.TryTake("in")
            ? Bound(new AndExpression(
                operand.Start,
                test,
                new BinaryExpression(operand.Start, BinaryOperator.In, operand, ReadSum())))
            : test;
    }

    private Expression ReadSum()
    {
        var left = ReadProduct();
        while (reader.Current.Is("+") || reader.Current.Is("-"))
        {
            var sum = reader.Take().Is("+") ? BinaryOperator.Add : BinaryOperator.Subtract;
            left = Bound(new BinaryExpression(left.Start, sum, left, ReadProduct()));
        }

        return left;
    }

    private Expression ReadProduct()
    {
        var left = ReadUnary();
        while (reader.TryTake("*"))
        {
            left = Bound(new BinaryExpression(left.Start, BinaryOperator.Multiply, left, ReadUnary()));
        }

        return left;
    }

    private Expression ReadUnary()
    {
        var sign = reader.Current;
        if (!sign.Is("!") && !sign.Is("-"))
        {
            return ReadMember();
        }

        var count = 0;
        while (reader.TryTake(sign.Text))
        {
            count++;
        }

        if (count > CedarLimits.NegationMax)
        {
            throw reader.Source.Fault(
                PolicyFaultKind.LimitExceeded,
                sign.Start,
                nameof(CedarLimits.NegationMax));
        }

        var isNumber = sign.Is("-") && reader.Current.Kind == TokenKind.Integer
            && !reader.Peek(1).Is(".") && !reader.Peek(1).Is("[");
        var operand = isNumber ? ReadNegative(reader.Take()) : ReadMember();
        for (var i = isNumber ? 1 : 0; i < count; i++)
        {
            operand = Bound(new UnaryExpression(
                sign.Start,
                sign.Is("!") ? UnaryOperator.Not : UnaryOperator.Negate,
                operand));
        }

        return operand;
    }

    // The least integer has no positive counterpart, so that the minus belongs to the literal.
    private LiteralExpression ReadNegative(Token token) =>
        long.TryParse($"-{token.Text}", NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? new LiteralExpression(token.Start, new LongValue(value))
            : throw reader.Source.Fault(PolicyFaultKind.IntegerTooLarge, token.Start, token.Text);

    private Expression ReadMember()
    {
        var operand = _primary.Read(Read);
        while (true)
        {
            if (reader.TryTake("."))
            {
                var place = reader.Current.Start;
                var name = reader.ExpectName();
                operand = Bound(reader.Current.Is("(")
                    ? Methods.Create(
                        reader.Source,
                        place,
                        name,
                        operand,
                        reader.ReadList("(", ")", Read))
                    : new GetExpression(operand.Start, operand, name));
            }
            else if (reader.TryTake("["))
            {
                operand = Bound(new GetExpression(operand.Start, operand, reader.ExpectString()));
                reader.Expect("]");
            }
            else
            {
                return operand;
            }
        }
    }

    private T Bound<T>(T expression)
        where T : Expression => expression.Depth <= CedarLimits.DepthMax
            ? expression
            : throw reader.Source.Fault(
                PolicyFaultKind.LimitExceeded,
                expression.Start,
                nameof(CedarLimits.DepthMax));
}

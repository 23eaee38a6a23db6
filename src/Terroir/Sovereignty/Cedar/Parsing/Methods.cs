using System.Globalization;

namespace Terroir.Sovereignty.Cedar;

/// <summary>What is called with a point.</summary>
internal static class Methods
{
    private static readonly Dictionary<string, BinaryOperator> Binary = new(StringComparer.Ordinal)
    {
        ["contains"] = BinaryOperator.Contains,
        ["containsAll"] = BinaryOperator.ContainsAll,
        ["containsAny"] = BinaryOperator.ContainsAny,
        ["hasTag"] = BinaryOperator.HasTag,
        ["getTag"] = BinaryOperator.GetTag,
    };

    /// <summary>The name of a method that is an operator of two operands; <see langword="null"/> for the others.
    /// </summary>
    public static string? NameOf(BinaryOperator binary) =>
        Binary.FirstOrDefault(pair => pair.Value == binary) is { Key: { } name } ? name : null;

    /// <summary>Makes a call.</summary>
    /// <exception cref="PolicyInvalidException">There is no such method, or it takes other arguments.</exception>
    public static Expression Create(
        SourceText source,
        int place,
        string name,
        Expression operand,
        IReadOnlyList<Expression> arguments)
    {
        if (Binary.TryGetValue(name, out var binary))
        {
            Check(source, place, name, arguments.Count, 1);
            return new BinaryExpression(operand.Start, binary, operand, arguments[0]);
        }

        if (string.Equals(name, "isEmpty", StringComparison.Ordinal))
        {
            Check(source, place, name, arguments.Count, 0);
            return new UnaryExpression(operand.Start, UnaryOperator.IsEmpty, operand);
        }

        // The reference implementation finds too many arguments of these only when it evaluates or validates.
        return ExtensionFunction.Find(name) is { IsMethod: true } method
            ? new CallExpression(operand.Start, method, [operand, .. arguments])
            : throw source.Fault(PolicyFaultKind.UnknownFunction, place, name);
    }

    private static void Check(SourceText source, int place, string name, int count, int expected)
    {
        if (count != expected)
        {
            throw source.Fault(
                PolicyFaultKind.ArgumentCount,
                place,
                name,
                expected.ToString(CultureInfo.InvariantCulture));
        }
    }
}

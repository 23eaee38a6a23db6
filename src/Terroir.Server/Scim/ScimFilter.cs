using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Terroir.Server.Scim;

/// <summary>A filter of RFC 7644, section 3.4.2.2: one of the records below. Its text is a filter again.</summary>
internal abstract record ScimFilter
{
    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <inheritdoc/>
    public sealed override string ToString() => this switch
    {
        FilterComparison comparison => string.Create(
            CultureInfo.InvariantCulture,
            $"{comparison.Path} {Write(comparison.Operator)} {Write(comparison.Value)}"),
        FilterPresence presence => $"{presence.Path} pr",
        FilterAnd { Left: var left, Right: var right } =>
            $"{Bracket(left, left is FilterOr)} and {Bracket(right, right is FilterOr or FilterAnd)}",
        FilterOr { Left: var left, Right: var right } => $"{left} or {Bracket(right, right is FilterOr)}",
        FilterNot { Inner: var inner } => $"not ({inner})",
        FilterValue { Path: var path, Inner: var inner } => $"{path}[{inner}]",
        _ => "",
    };

    /// <summary>Writes an operator.</summary>
    internal static string Write(FilterOperator comparison) => comparison switch
    {
        FilterOperator.Equal => "eq",
        FilterOperator.NotEqual => "ne",
        FilterOperator.Contains => "co",
        FilterOperator.StartsWith => "sw",
        FilterOperator.EndsWith => "ew",
        FilterOperator.Greater => "gt",
        FilterOperator.GreaterOrEqual => "ge",
        FilterOperator.Less => "lt",
        _ => "le",
    };

    private static string Write(object? value) => JsonSerializer.Serialize(value, Relaxed);

    private static string Bracket(ScimFilter filter, bool isNeeded) => isNeeded ? $"({filter})" : filter.ToString();
}

/// <summary>How a value is compared.</summary>
internal enum FilterOperator
{
    Equal,
    NotEqual,
    Contains,
    StartsWith,
    EndsWith,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

/// <summary>An attribute is compared with a value.</summary>
/// <param name="Path">The attribute.</param>
/// <param name="Operator">How.</param>
/// <param name="Value">A text, a number (<see langword="double"/>), a truth value, or <see langword="null"/>.</param>
internal sealed record FilterComparison(AttributePath Path, FilterOperator Operator, object? Value) : ScimFilter;

/// <summary>An attribute has a value.</summary>
/// <param name="Path">The attribute.</param>
internal sealed record FilterPresence(AttributePath Path) : ScimFilter;

/// <summary>Both hold.</summary>
internal sealed record FilterAnd(ScimFilter Left, ScimFilter Right) : ScimFilter;

/// <summary>One of the two holds.</summary>
internal sealed record FilterOr(ScimFilter Left, ScimFilter Right) : ScimFilter;

/// <summary>It does not hold.</summary>
internal sealed record FilterNot(ScimFilter Inner) : ScimFilter;

/// <summary>One value of an attribute meets a filter by itself.</summary>
/// <param name="Path">The attribute.</param>
/// <param name="Inner">What the value meets.</param>
internal sealed record FilterValue(AttributePath Path, ScimFilter Inner) : ScimFilter;

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Terroir.Server.Scim;

/// <summary>Decides whether a resource, or one value of an attribute, meets a filter.</summary>
/// <remarks>A value that is not there equals nothing: <c>ne</c> holds for it, everything else but <c>eq null</c> does
/// not. Of several values one must meet a comparison; <c>ne</c> holds when none equals.</remarks>
internal static class FilterMatcher
{
    /// <summary>Decides whether an object meets a filter.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="item">A resource, or a value with parts, with names as the schema writes them.</param>
    public static bool Matches(ScimFilter filter, JsonObject item) => filter switch
    {
        FilterAnd both => Matches(both.Left, item) && Matches(both.Right, item),
        FilterOr either => Matches(either.Left, item) || Matches(either.Right, item),
        FilterNot not => !Matches(not.Inner, item),
        FilterPresence presence => ValuesOf(presence.Path, presence.Path.Part, item).Any(IsPresent),
        FilterValue value => ValuesOf(value.Path, part: null, item).OfType<JsonObject>()
            .Any(one => Matches(value.Inner, one)),
        FilterComparison { Operator: FilterOperator.NotEqual } comparison =>
            !Matches(comparison with { Operator = FilterOperator.Equal }, item),
        FilterComparison { Value: null } comparison =>
            !ValuesOf(comparison.Path, comparison.Path.Part, item).Any(IsPresent),
        FilterComparison { Path: { Compared: { } compared } path } comparison =>
            ValuesOf(path, ReferenceEquals(compared, path.Attribute) ? null : compared, item)
                .OfType<JsonValue>()
                .Any(value => Meets(value, compared, comparison)),
        _ => false,
    };

    /// <summary>Refuses a comparison that has no meaning for its attribute.</summary>
    /// <exception cref="ScimFaultException">The value is of another kind than the attribute's, or has no order.
    /// </exception>
    public static FilterComparison Check(FilterComparison comparison, Func<string, ScimFaultException> fault)
    {
        var isEquality = comparison.Operator is FilterOperator.Equal or FilterOperator.NotEqual;
        var isOfKind = (comparison.Path.Compared?.Type, comparison.Value) switch
        {
            (null, _) => true,
            (_, null) => isEquality,
            (ScimType.Complex, _) => false,
            (ScimType.Truth, _) => isEquality && ReadTruth(comparison.Value) is not null,
            (ScimType.Time, string text) => ReadTime(text) is not null,
            (_, string) => true,
            _ => false,
        };
        return isOfKind ? comparison : throw fault(
            $"'{comparison.Path}' cannot be compared with that value by '{ScimFilter.Write(comparison.Operator)}'.");
    }

    /// <summary>Reads a truth value, also one that a client wrote as a text.</summary>
    public static bool? ReadTruth(object? value) => value switch
    {
        bool truth => truth,
        string text when bool.TryParse(text, out var truth) => truth,
        _ => null,
    };

    private static IEnumerable<JsonNode> ValuesOf(AttributePath path, ScimAttribute? part, JsonObject item) =>
        path.Attribute is { Name: var name } && item[name] is { } value
            ? (value is JsonArray several ? several.OfType<JsonNode>() : [value])
                .Select(one => part is null ? one : (one as JsonObject)?[part.Name])
                .OfType<JsonNode>()
            : [];

    private static bool IsPresent(JsonNode value) => value switch
    {
        JsonObject parts => parts.Count > 0,
        JsonValue one => one.GetValueKind() is not JsonValueKind.String || one.GetValue<string>().Length > 0,
        _ => true,
    };

    private static bool Meets(JsonValue value, ScimAttribute attribute, FilterComparison comparison)
    {
        if (attribute.Type is ScimType.Truth)
        {
            return ReadTruth(comparison.Value) == value.GetValue<bool>();
        }

        var (own, other) = (value.GetValue<string>(), (string)comparison.Value!);
        var kind = attribute.IsCaseExact ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return comparison.Operator switch
        {
            FilterOperator.Contains => own.Contains(other, kind),
            FilterOperator.StartsWith => own.StartsWith(other, kind),
            FilterOperator.EndsWith => own.EndsWith(other, kind),
            _ => IsInOrder(
                comparison.Operator,
                attribute.Type is ScimType.Time
                    ? ReadTime(own)!.Value.CompareTo(ReadTime(other)!.Value)
                    : string.Compare(own, other, kind)),
        };
    }

    private static bool IsInOrder(FilterOperator comparison, int order) => comparison switch
    {
        FilterOperator.Equal => order == 0,
        FilterOperator.Greater => order > 0,
        FilterOperator.GreaterOrEqual => order >= 0,
        FilterOperator.Less => order < 0,
        _ => order <= 0,
    };

    private static DateTimeOffset? ReadTime(string text) => DateTimeOffset.TryParse(
        text,
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
        out var time)
            ? time
            : null;
}

namespace Terroir.Sovereignty.Cedar;

/// <summary>A function or method of an extension type.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsMethod">Whether it is called on its first argument.</param>
/// <param name="Parameters">The types of its arguments, with that it is called on.</param>
/// <param name="Result">The type of what it gives.</param>
/// <param name="Apply">Computes it; <see langword="null"/> where a text cannot be read or a number leaves its range.
/// </param>
internal sealed record ExtensionFunction(
    string Name,
    bool IsMethod,
    IReadOnlyList<CedarType> Parameters,
    CedarType Result,
    Func<CedarValue, CedarValue?, CedarValue?> Apply)
{
    private static readonly CedarType Decimal = CedarType.Decimal;
    private static readonly CedarType Ip = CedarType.Ip;
    private static readonly CedarType Datetime = CedarType.Datetime;
    private static readonly CedarType Duration = CedarType.Duration;

    private static readonly Dictionary<string, ExtensionFunction> All = new ExtensionFunction[]
    {
        Constructor("decimal", Decimal, text => DecimalText.Read(text) is { } n ? new DecimalValue(n) : null),
        Constructor("ip", Ip, text => IpNetwork.Read(text) is { } network ? new IpValue(network) : null),
        Constructor(
            "datetime",
            Datetime,
            text => DatetimeText.ReadDatetime(text) is { } ms ? new DatetimeValue(ms) : null),
        Constructor(
            "duration",
            Duration,
            text => DatetimeText.ReadDuration(text) is { } ms ? new DurationValue(ms) : null),
        Comparison("lessThan", (left, right) => left < right),
        Comparison("lessThanOrEqual", (left, right) => left <= right),
        Comparison("greaterThan", (left, right) => left > right),
        Comparison("greaterThanOrEqual", (left, right) => left >= right),
        Test("isIpv4", network => network.IsV4),
        Test("isIpv6", network => !network.IsV4),
        Test("isLoopback", network => network.IsLoopback),
        Test("isMulticast", network => network.IsMulticast),
        new(
            "isInRange",
            IsMethod: true,
            [Ip, Ip],
            CedarType.Bool,
            (left, right) => left is IpValue a && right is IpValue b
                ? CedarValue.Of(a.Network.IsInRange(b.Network))
                : null),
        new(
            "offset",
            IsMethod: true,
            [Datetime, Duration],
            Datetime,
            (left, right) => left is DatetimeValue time && right is DurationValue duration
                && Checked.Add(time.Milliseconds, duration.Milliseconds) is { } ms ? new DatetimeValue(ms) : null),
        new(
            "durationSince",
            IsMethod: true,
            [Datetime, Datetime],
            Duration,
            (left, right) => left is DatetimeValue time && right is DatetimeValue other
                && Checked.Subtract(time.Milliseconds, other.Milliseconds) is { } ms ? new DurationValue(ms) : null),
        new(
            "toDate",
            IsMethod: true,
            [Datetime],
            Datetime,
            (value, _) => value is DatetimeValue time
                && Checked.Subtract(time.Milliseconds, TimeOfDay(time.Milliseconds)) is { } ms
                    ? new DatetimeValue(ms)
                    : null),
        new(
            "toTime",
            IsMethod: true,
            [Datetime],
            Duration,
            (value, _) => value is DatetimeValue time ? new DurationValue(TimeOfDay(time.Milliseconds)) : null),
        Whole("toMilliseconds", 1),
        Whole("toSeconds", 1_000),
        Whole("toMinutes", 60_000),
        Whole("toHours", 3_600_000),
        Whole("toDays", DatetimeText.DayMs),
    }.ToDictionary(function => function.Name, StringComparer.Ordinal);

    /// <summary>Whether it makes a value from a string.</summary>
    public bool IsConstructor => !IsMethod;

    /// <summary>Finds a function or method by name.</summary>
    public static ExtensionFunction? Find(string name) => All.GetValueOrDefault(name);

    private static long TimeOfDay(long ms) => ((ms % DatetimeText.DayMs) + DatetimeText.DayMs) % DatetimeText.DayMs;

    private static ExtensionFunction Constructor(string name, CedarType type, Func<string, CedarValue?> read) =>
        new(name, IsMethod: false, [CedarType.String], type, (value, _) => read(((StringValue)value).Value));

    private static ExtensionFunction Comparison(string name, Func<long, long, bool> compare) =>
        new(
            name,
            IsMethod: true,
            [Decimal, Decimal],
            CedarType.Bool,
            (left, right) => left is DecimalValue a && right is DecimalValue b
                ? CedarValue.Of(compare(a.TenThousandths, b.TenThousandths))
                : null);

    private static ExtensionFunction Test(string name, Func<IpNetwork, bool> test) =>
        new(
            name,
            IsMethod: true,
            [Ip],
            CedarType.Bool,
            (value, _) => value is IpValue ip ? CedarValue.Of(test(ip.Network)) : null);

    private static ExtensionFunction Whole(string name, long unitMs) =>
        new(
            name,
            IsMethod: true,
            [Duration],
            CedarType.Long,
            (value, _) => value is DurationValue duration ? new LongValue(duration.Milliseconds / unitMs) : null);
}

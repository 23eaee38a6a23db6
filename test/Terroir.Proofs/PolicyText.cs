using System.Globalization;

namespace Terroir.Proofs;

/// <summary>Makes up policies for the schema of <see cref="PolicyWorld"/>, as text. Most expressions are of the type
/// that their place takes; some are not, and some texts are cut.</summary>
/// <param name="random">Draws.</param>
internal sealed class PolicyText(Random random)
{
    private const int DepthMax = 4;

    /// <summary>Draws the policies of a set.</summary>
    public string Draw()
    {
        var policies = string.Join('\n', Enumerable.Range(0, random.Next(1, 6)).Select(_ => DrawPolicy()));
        return random.Next(20) == 0 ? Damage(policies) : policies;
    }

    private string Damage(string text)
    {
        var place = random.Next(text.Length);
        return random.Next(2) == 0
            ? text.Remove(place, Math.Min(random.Next(1, 4), text.Length - place))
            : text.Insert(place, Pick("(", ")", "}", "\"", " in ", "!", "-", ".", "::", "@a", "//", " if ", "\\"));
    }

    private string DrawPolicy()
    {
        var conditions = Enumerable.Range(0, random.Next(3))
            .Select(_ => $" {Pick("when", "when", "unless")} {{ {Bool(DepthMax)} }}");
        var annotation = random.Next(5) == 0 ? "@note(\"a\\u{e9}\") " : "";
        return $"{annotation}{Pick("permit", "permit", "forbid")}({Scope("principal", User(0), "User", Group())}, "
            + $"{ActionScope()}, {Scope("resource", Document(0), "Doc", Folder())}){string.Concat(conditions)};";
    }

    private string Scope(string variable, string entity, string type, string group) => random.Next(6) switch
    {
        0 when entity.Contains("::", StringComparison.Ordinal) => $"{variable} == {entity}",
        1 => $"{variable} in {group}",
        2 => $"{variable} is {type}",
        3 => $"{variable} is {type} in {group}",
        _ => variable,
    };

    private string ActionScope() => random.Next(6) switch
    {
        0 => $"action == {Action()}",
        1 => $"action in {Action()}",
        2 => $"action in [{Action()}, {Action()}]",
        _ => "action",
    };

    private string Action() => $"Action::\"{Pick("read", "write", "list", "all", "read", "none")}\"";

    private string Group() => Entity("Group");

    private string Folder() => Entity("Folder");

    private string Entity(string type) =>
        string.Create(CultureInfo.InvariantCulture, $"{type}::\"{random.Next(5)}\"");

    // Brackets are left out now and then: then the text means something else, to both readers the same.
    private string Wrap(string text) => random.Next(8) == 0 ? text : $"({text})";

    private string Any(int depth) => random.Next(5) switch
    {
        0 => Bool(depth),
        1 => Long(depth),
        2 => Text(depth),
        3 => User(depth),
        _ => Set(depth),
    };

    private string Bool(int depth)
    {
        if (random.Next(40) == 0)
        {
            return Any(0);
        }

        if (depth == 0)
        {
            return Pick("true", "false", "context.ok", "principal.active", "context has ok", "resource has level");
        }

        var next = depth - 1;
        return random.Next(26) switch
        {
            0 or 1 => Wrap($"{Bool(next)} && {Bool(next)}"),
            2 or 3 => Wrap($"{Bool(next)} || {Bool(next)}"),
            4 => $"!{Wrap(Bool(next))}",
            5 => Wrap($"if {Bool(next)} then {Bool(next)} else {Bool(next)}"),
            6 or 7 => Wrap($"{Long(next)} {Pick("<", "<=", ">", ">=", "==", "!=")} {Long(next)}"),
            8 => Wrap($"{Any(next)} {Pick("==", "!=")} {Any(next)}"),
            9 => Wrap($"{User(next)} == {User(next)}"),
            10 => Wrap($"{User(next)} in {Pick(Group(), $"[{Group()}, {Group()}]", "resource.groups", User(0))}"),
            11 => Wrap($"{Document(next)} in {Folder()}"),
            12 => Wrap($"{Pick("principal", User(next), "resource")} is {Pick("User", "Group", "Doc")}"),
            13 => Wrap($"{Text(next)} like {Pick("\"a*\"", "\"*\\**\"", "\"*b\"", "\"\"", "\"a\"")}"),
            14 => $"{Set(next)}.contains({Text(next)})",
            15 => $"{Set(next)}.{Pick("containsAll", "containsAny")}({Set(next)})",
            16 => $"{Set(next)}.isEmpty()",
            17 => Wrap($"{Guarded()} && {Bool(next)}"),
            18 => Guarded(),
            19 => Decimals(),
            20 => Addresses(),
            21 => Times(),
            22 => $"{User(next)}.hasTag({Text(0)})",
            23 => Wrap($"action {Pick("==", "in")} {Action()}"),
            24 => Wrap($"resource.place == {{city: {Text(next)}, zone: {Long(next)}}}"),
            _ => Bool(0),
        };
    }

    private string Guarded() => Pick(
        "principal has active && principal.active",
        "principal has boss && principal.boss has age && principal.boss.age > 1",
        "principal has boss.boss && principal.boss.boss == context.who",
        "principal has place.zone && principal.place.zone == context.n",
        "resource has level && resource.level < context.n",
        "context has text && context.text == \"a\"",
        "principal.hasTag(\"a\") && principal.getTag(\"a\") like \"*\"",
        "resource.hasTag(\"b\") && resource.getTag(\"b\").contains(1)",
        "resource.hasTag(context.place.city) && !resource.getTag(context.place.city).isEmpty()",
        "principal has net && context.ip.isInRange(principal.net)",
        "resource has kept && resource.kept < duration(\"2d\")",
        "principal is User && resource is Doc && resource.owner == principal",
        "principal.color == Color::\"red\"",
        "principal.color == Color::\"blue\"");

    private string Decimals() =>
        $"resource.score.{Pick("lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual")}"
        + $"(decimal(\"{Pick("0.5", "-0.0001", "1.00", "1", "1.00000", "922337203685477.5808")}\"))";

    private string Addresses() => Pick(
        "context.ip.isLoopback()",
        "context.ip.isMulticast()",
        "context.ip.isIpv4()",
        $"context.ip.isInRange(ip(\"{Pick("10.0.0.0/8", "0.0.0.0/0", "::/0", "10.0.0.0/33", "::1.2.3.4")}\"))",
        $"context.ip == ip(\"{Pick("10.0.0.1", "10.0.0.1/32", "::1", "0:0::1", "1:2:3:4:5:6:7:8:9")}\")");

    private string Times() => Pick(
        $"context.time {Pick("<", ">=", "==")} datetime({DatetimeLiteral()})",
        $"context.time.toDate() == datetime({DatetimeLiteral()})",
        $"context.time.toTime() {Pick("<", "==")} duration({DurationLiteral()})",
        $"context.time.durationSince(principal.since) > duration({DurationLiteral()})",
        $"context.time.offset(duration({DurationLiteral()})) <= datetime({DatetimeLiteral()})",
        $"duration({DurationLiteral()}).{Pick("toDays", "toHours", "toMinutes", "toSeconds", "toMilliseconds")}() > 1");

    private string DatetimeLiteral() => Pick(
        "\"2026-11-26\"",
        "\"2026-11-26T07:00:00Z\"",
        "\"2026-02-29\"",
        "\"0000-01-01\"",
        "\"9999-12-31T23:59:59.999-2359\"",
        "\"2026-11-26T24:00:00Z\"",
        "\"2026-11-26T23:59:60Z\"",
        "\"2026-11-26T07:00:00.1Z\"",
        "\"2026-1-1\"");

    private string DurationLiteral() => Pick(
        "\"1d\"",
        "\"23h59m59s999ms\"",
        "\"-1s\"",
        "\"\"",
        "\"-\"",
        "\"1h1d\"",
        "\"106751991167d\"",
        "\"106751991168d\"",
        "\"9223372036854775807ms\"",
        "\"-9223372036854775808ms\"",
        "\"1d1ms\"",
        "\"5\"");

    private string Long(int depth)
    {
        if (depth == 0)
        {
            return Pick(
                "0", "1", "-1", "3", "context.n", "principal.age", "resource.level", "resource.place.zone",
                "9223372036854775807", "-9223372036854775808");
        }

        var next = depth - 1;
        return random.Next(6) switch
        {
            0 => Wrap($"{Long(next)} + {Long(next)}"),
            1 => Wrap($"{Long(next)} - {Long(next)}"),
            2 => Wrap($"{Long(next)} * {Long(next)}"),
            3 => $"-{Wrap(Long(next))}",
            4 => Wrap($"if {Bool(next)} then {Long(next)} else {Long(next)}"),
            _ => Long(0),
        };
    }

    private string Text(int depth) => depth == 0 || random.Next(3) > 0
        ? Pick(
            "\"a\"", "\"b\"", "\"é*\"", "\"\\x41\\n\\u{1F600}\"", "principal.name", "context.place.city",
            "context.text")
        : Wrap($"if {Bool(depth - 1)} then {Text(depth - 1)} else {Text(depth - 1)}");

    private string User(int depth) => depth == 0 || random.Next(3) > 0
        ? Pick("principal", Entity("User"), "context.who", "resource.owner", "principal.boss", "User::\"nobody\"")
        : Wrap($"if {Bool(depth - 1)} then {User(depth - 1)} else {User(depth - 1)}");

    private string Document(int depth) => depth == 0 || random.Next(3) > 0
        ? Pick("resource", Entity("Doc"))
        : Wrap($"if {Bool(depth - 1)} then {Document(depth - 1)} else {Document(depth - 1)}");

    private string Set(int depth) => depth == 0
        ? Pick("principal.roles", "resource.labels", "[\"a\", \"b\"]", "[\"a\"]", "[]", "[1]")
        : random.Next(3) switch
        {
            0 => $"[{Text(depth - 1)}, {Text(depth - 1)}]",
            1 => $"[{Any(depth - 1)}]",
            _ => Set(0),
        };

    private string Pick(params ReadOnlySpan<string> choices) => choices[random.Next(choices.Length)];
}

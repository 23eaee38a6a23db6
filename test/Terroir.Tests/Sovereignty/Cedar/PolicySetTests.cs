using Terroir.Sovereignty.Cedar;

namespace Terroir.Tests.Sovereignty.Cedar;

public sealed class PolicySetTests
{
    private const string Entities = """
        [{"uid": {"type": "User", "id": "ana"}, "attrs": {"age": 40, "born": {"__extn": {"fn": "datetime",
          "arg": "1986-03-01"}}}, "parents": [{"type": "Group", "id": "doctors"}], "tags": {"ward": "north"}},
         {"uid": {"type": "Group", "id": "doctors"}, "attrs": {}, "parents": [{"type": "Group", "id": "staff"}]},
         {"uid": {"type": "Doc", "id": "d"}, "attrs": {"owner": {"__entity": {"type": "User", "id": "ana"}},
          "labels": ["a", "b"]}, "parents": []}]
        """;

    [Theory]
    [InlineData("1 + 2 * 3 == 7")]
    [InlineData("-9223372036854775808 < 0 && 9223372036854775807 > 0")]
    [InlineData("!!true && !(1 == 2) && 1 != 2")]
    [InlineData("[1, 2, 2] == [2, 1] && [1] != [[1]]")]
    [InlineData("{a: 1, \"b c\": true} == {\"b c\": true, a: 1}")]
    [InlineData("principal in Group::\"staff\" && principal in [Group::\"x\", Group::\"doctors\"]")]
    [InlineData("principal is User && principal is User in Group::\"staff\" && !(principal is Doc)")]
    [InlineData("resource.owner == principal && resource.owner.age == 40 && resource[\"labels\"].contains(\"a\")")]
    [InlineData("resource has owner.age && !(resource has owner.x.y) && !(User::\"nobody\" has age)")]
    [InlineData("principal.hasTag(\"ward\") && principal.getTag(\"ward\") like \"n*th\"")]
    [InlineData("resource.labels.containsAll([\"a\"]) && resource.labels.containsAny([\"z\", \"b\"])")]
    [InlineData("[].isEmpty() && !resource.labels.isEmpty()")]
    [InlineData("\"a*b\" like \"a\\*b\" && !(\"axb\" like \"a\\*b\") && \"\\u{e9}t\\x41\" == \"étA\"")]
    [InlineData("decimal(\"1.5\").lessThan(decimal(\"1.5001\")) && decimal(\"-0.5\") == decimal(\"-0.5000\")")]
    [InlineData("ip(\"10.1.2.3\").isInRange(ip(\"10.0.0.0/8\")) && ip(\"::1\").isLoopback()")]
    [InlineData("ip(\"ff02::1\").isMulticast() && ip(\"10.0.0.0/8\") != ip(\"10.0.0.1/8\")")]
    [InlineData("datetime(\"2026-11-26T01:00:00+0100\") == datetime(\"2026-11-26\")")]
    [InlineData("datetime(\"1969-12-31T23:59:59.999Z\").toTime() == duration(\"23h59m59s999ms\")")]
    [InlineData("datetime(\"2026-11-26T10:00:00Z\").durationSince(principal.born) > duration(\"14000d\")")]
    [InlineData("duration(\"-1d2h\").toHours() == -26 && duration(\"90m\").toHours() == 1")]
    [InlineData("if principal.age > 18 then context.n == 3 else context.missing")]
    [InlineData("true || context.missing")]
    public void A_condition_that_is_true_permits(string condition)
    {
        var result = Decide($"permit(principal, action, resource) when {{ {condition} }};");

        Assert.Empty(result.Errors);
        Assert.True(result.IsAllowed);
    }

    [Theory]
    [InlineData("9223372036854775807 + 1 == 0", EvaluationErrorKind.Overflow)]
    [InlineData("-(-9223372036854775808) == 0", EvaluationErrorKind.Overflow)]
    [InlineData("context.missing", EvaluationErrorKind.AttributeMissing)]
    [InlineData("User::\"nobody\".age == 1", EvaluationErrorKind.EntityMissing)]
    [InlineData("principal.getTag(\"x\") == \"y\"", EvaluationErrorKind.TagMissing)]
    [InlineData("1", EvaluationErrorKind.WrongType)]
    [InlineData("1 < \"2\"", EvaluationErrorKind.WrongType)]
    [InlineData("principal in [Group::\"staff\", 1]", EvaluationErrorKind.WrongType)]
    [InlineData("ip(\"256.1.1.1\").isIpv4()", EvaluationErrorKind.ExtensionFailed)]
    [InlineData("datetime(\"2026-02-29\") == datetime(\"2026-01-01\")", EvaluationErrorKind.ExtensionFailed)]
    public void A_policy_that_cannot_be_evaluated_counts_for_nothing_and_is_reported(
        string condition,
        EvaluationErrorKind kind)
    {
        var result = Decide($$"""
            permit(principal, action, resource);
            forbid(principal, action, resource) when { {{condition}} };
            """);

        Assert.True(result.IsAllowed);
        Assert.Equal(["policy0"], result.Reasons);
        Assert.Equal([new EvaluationError("policy1", kind)], result.Errors);
    }

    [Fact]
    public void One_policy_that_forbids_is_enough()
    {
        var result = Decide("""
            permit(principal, action, resource);
            forbid(principal in Group::"staff", action == Action::"read", resource is Doc);
            permit(principal == User::"ana", action, resource);
            """);

        Assert.False(result.IsAllowed);
        Assert.Equal(["policy1"], result.Reasons);
    }

    [Fact]
    public void Nothing_is_permitted_that_no_policy_permits()
    {
        Assert.False(Decide("").IsAllowed);
        Assert.False(Decide("permit(principal == User::\"bob\", action, resource);").IsAllowed);
    }

    [Fact]
    public void A_template_decides_once_its_slots_are_filled()
    {
        var template = PolicySet.Parse("permit(principal in ?principal, action, resource == ?resource);").Policies[0];
        var linked = template.Link("link", new EntityUid("Group", "staff"), new EntityUid("Doc", "d"));

        Assert.True(template.IsTemplate);
        Assert.False(Decide(new PolicySet([template])).IsAllowed);
        Assert.Equal(["link"], Decide(new PolicySet([template, linked])).Reasons);
        Assert.Throws<PolicyInvalidException>(() => template.Link("link", new EntityUid("Group", "staff")));
    }

    [Fact]
    public void An_explanation_says_which_condition_did_not_hold()
    {
        var explained = PolicySet.Parse("""
            permit(principal, action, resource) when { principal.age > 18 && resource.labels.contains("z") && true };
            permit(principal is Group, action, resource);
            """).Explain(Request(), EntityReader.Read(Entities, schema: null));

        var policy = Assert.Single(explained);
        Assert.False(policy.Applies);
        Assert.Equal(
            [("principal.age > 18", true), ("resource.labels.contains(\"z\")", false)],
            policy.Conditions.Select(condition => (condition.Text, condition.Holds == true)));
    }

    [Theory]
    [InlineData("permit(principal, action);", PolicyFaultKind.UnexpectedToken, 1, 25)]
    [InlineData("permit(principal, action,\n resource) when { \"\\q\" };", PolicyFaultKind.InvalidEscape, 2, 20)]
    [InlineData(
        "permit(principal, action, resource) when { 9223372036854775808 };",
        PolicyFaultKind.IntegerTooLarge,
        1,
        44)]
    [InlineData("permit(principal, action, resource) when { f(1) };", PolicyFaultKind.UnknownFunction, 1, 44)]
    [InlineData("permit(principal, action, resource) when { {a: 1, a: 2} };", PolicyFaultKind.Duplicate, 1, 51)]
    [InlineData("permit(principal == ?resource, action, resource);", PolicyFaultKind.InvalidSlot, 1, 21)]
    [InlineData("permit(principal, action == User::\"a\", resource);", PolicyFaultKind.InvalidScope, 1, 29)]
    [InlineData("permit(principal, action, resource) when { \"a };", PolicyFaultKind.UnclosedString, 1, 44)]
    [InlineData("permit(principal, action, resource) when { 1 == 2 == 3 };", PolicyFaultKind.UnexpectedToken, 1, 51)]
    public void A_text_that_is_not_of_the_grammar_says_where(string text, PolicyFaultKind kind, int line, int column)
    {
        var fault = Assert.Throws<PolicyInvalidException>(() => PolicySet.Parse(text)).Fault;

        Assert.Equal((kind, line, column), (fault.Kind, fault.Line, fault.Column));
        Assert.NotEqual(
            PolicyFaultText.English.Describe(fault),
            PolicyFaultText.French.Describe(fault),
            StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("(", ")", CedarLimits.NestingMax)]
    [InlineData("!(", ")", CedarLimits.NestingMax)]
    [InlineData("true && ", "", CedarLimits.DepthMax)]
    [InlineData("context.a.", "b == 1", CedarLimits.DepthMax)]
    public void What_nests_too_deep_is_refused(string before, string after, int limit)
    {
        var part = before.Replace("context.", "", StringComparison.Ordinal);
        var repeated = string.Concat(Enumerable.Repeat(part, limit));
        var start = before.StartsWith("context", StringComparison.Ordinal) ? "context." : "";
        var end = after.Length > 1 ? after : "true" + string.Concat(Enumerable.Repeat(after, limit));
        var text = $"permit(principal, action, resource) when {{ {start}{repeated}{end} }};";

        Assert.Equal(
            PolicyFaultKind.LimitExceeded,
            Assert.Throws<PolicyInvalidException>(() => PolicySet.Parse(text)).Fault.Kind);
    }

    private static AuthorizationResult Decide(string policies) => Decide(PolicySet.Parse(policies));

    private static AuthorizationResult Decide(PolicySet policies) =>
        policies.Authorize(Request(), EntityReader.Read(Entities, schema: null));

    private static AuthorizationRequest Request() => RequestReader.Read(
        """
        {"principal": {"type": "User", "id": "ana"}, "action": {"type": "Action", "id": "read"},
         "resource": {"type": "Doc", "id": "d"}, "context": {"n": 3}}
        """,
        schema: null);
}

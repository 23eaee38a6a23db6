using Terroir.Sovereignty.Cedar;

namespace Terroir.Tests.Sovereignty.Cedar;

public sealed class CedarSchemaTests
{
    private const string Schema = """
        // Comments are skipped.
        @doc("who")
        type Place = { city: String, zone?: Long };
        namespace Ward {
          type Numbers = Set<Long>;
          entity Nurse, Doctor in [Staff] = { place: Place, shifts: Numbers, boss?: Doctor } tags String;
          entity Staff in Staff;
          entity Color enum ["red", "green"];
          action all;
          action "read it", write in [all] appliesTo { principal: [Nurse, Doctor], resource: Staff, context: Place };
        }
        """;

    private const string Json = """
        {"": {"commonTypes": {"Place": {"type": "Record", "attributes": {"city": {"type": "String"},
            "zone": {"type": "Long", "required": false}}}}, "entityTypes": {}, "actions": {}},
         "Ward": {
          "commonTypes": {"Numbers": {"type": "Set", "element": {"type": "Long"}}},
          "entityTypes": {
            "Nurse": {"memberOfTypes": ["Staff"], "shape": {"type": "Record", "attributes": {
              "place": {"type": "Place"}, "shifts": {"type": "EntityOrCommon", "name": "Numbers"},
              "boss": {"type": "Entity", "name": "Doctor", "required": false}}}, "tags": {"type": "String"}},
            "Doctor": {"memberOfTypes": ["Staff"], "shape": {"type": "Record", "attributes": {
              "place": {"type": "Place"}, "shifts": {"type": "Numbers"},
              "boss": {"type": "EntityOrCommon", "name": "Ward::Doctor", "required": false}}},
              "tags": {"type": "String"}},
            "Staff": {"memberOfTypes": ["Ward::Staff"]},
            "Color": {"enum": ["red", "green"]}},
          "actions": {
            "all": {},
            "read it": {"memberOf": [{"id": "all"}], "appliesTo": {"principalTypes": ["Nurse", "Doctor"],
              "resourceTypes": ["Staff"], "context": {"type": "Place"}}},
            "write": {"memberOf": [{"id": "all", "type": "Ward::Action"}], "appliesTo": {
              "principalTypes": ["Nurse", "Doctor"], "resourceTypes": ["Staff"], "context": {"type": "Place"}}}}}}
        """;

    [Fact]
    public void Both_forms_of_a_schema_mean_the_same()
    {
        var people = CedarSchema.Parse(Schema);
        var json = CedarSchema.Parse(Json);

        Assert.Equal(Describe(people), Describe(json));
        Assert.Contains("Ward::Doctor {\"boss\"?: Ward::Doctor", Describe(people), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("entity A in [B];", PolicyFaultKind.UnknownEntityType)]
    [InlineData("entity A = { a: Nothing };", PolicyFaultKind.UnknownType)]
    [InlineData("type A = B; type B = Set<A>;", PolicyFaultKind.Cycle)]
    [InlineData("action a in b; action b in a;", PolicyFaultKind.Cycle)]
    [InlineData("action a in b;", PolicyFaultKind.UnknownAction)]
    [InlineData("entity A; entity A;", PolicyFaultKind.Duplicate)]
    [InlineData("entity A = { a: Long, \"a\": Long };", PolicyFaultKind.Duplicate)]
    [InlineData("type Long = String;", PolicyFaultKind.ReservedWord)]
    [InlineData("entity A enum [];", PolicyFaultKind.UnexpectedToken)]
    [InlineData("action a appliesTo { principal: [], resource: [] };", PolicyFaultKind.UnexpectedToken)]
    [InlineData("{\"\": {\"entityTypes\": {}}}", PolicyFaultKind.InvalidJson)]
    [InlineData("{\"\": {\"entityTypes\": {\"A\": {}, \"A\": {}}, \"actions\": {}}}", PolicyFaultKind.InvalidJson)]
    public void A_schema_that_means_nothing_is_refused(string schema, PolicyFaultKind kind) =>
        Assert.Equal(kind, Assert.Throws<PolicyInvalidException>(() => CedarSchema.Parse(schema)).Fault.Kind);

    [Theory]
    [InlineData("principal.boss == principal", PolicyFaultKind.UnknownAttribute, 2, 3)]
    [InlineData("principal has boss && principal.boss.place.zone == 1", PolicyFaultKind.UnknownAttribute, 2, 25)]
    [InlineData("principal.place.city < 1", PolicyFaultKind.UnexpectedType, 2, 3)]
    [InlineData("principal.place == 1", PolicyFaultKind.IncompatibleTypes, 2, 3)]
    [InlineData("principal.getTag(\"a\") == \"b\"", PolicyFaultKind.UnknownTag, 2, 3)]
    [InlineData("[] == principal.shifts", PolicyFaultKind.EmptySet, 2, 3)]
    [InlineData("ip(context.city).isIpv4()", PolicyFaultKind.ExtensionLiteral, 2, 3)]
    [InlineData("ip(\"1.2.3\").isIpv4()", PolicyFaultKind.ExtensionLiteral, 2, 3)]
    [InlineData("Ward::Color::\"blue\" == Ward::Color::\"red\"", PolicyFaultKind.UnknownEnumEntity, 2, 3)]
    [InlineData("principal is Ward::Cook", PolicyFaultKind.UnknownEntityType, 2, 3)]
    [InlineData("principal == Ward::Staff::\"x\"", PolicyFaultKind.ImpossiblePolicy, 1, 1)]
    public void What_is_wrong_with_a_policy_is_said_with_its_place(
        string condition,
        PolicyFaultKind kind,
        int line,
        int column)
    {
        var policies = PolicySet.Parse($"permit(principal, action, resource) when {{\n  {condition} }};");
        var faults = PolicyValidator.Validate(policies, CedarSchema.Parse(Schema));

        Assert.NotEmpty(faults);
        Assert.All(faults, fault =>
        {
            Assert.Equal((kind, line, column), (fault.Fault.Kind, fault.Fault.Line, fault.Fault.Column));
            Assert.Equal(kind == PolicyFaultKind.ImpossiblePolicy, fault.IsWarning);
        });
    }

    [Theory]
    [InlineData("principal has boss && principal.boss has boss && principal.boss.boss == principal")]
    [InlineData("principal has boss.boss && principal.boss.boss == principal")]
    [InlineData("if context has zone then context.zone > 1 else principal.hasTag(\"a\")")]
    [InlineData("principal.hasTag(context.city) && principal.getTag(context.city) like \"a*\"")]
    [InlineData("action == Ward::Action::\"write\" || context has zone && context.zone == 1")]
    public void A_policy_that_tests_first_is_valid(string condition) =>
        Assert.Empty(PolicyValidator.Validate(
            PolicySet.Parse($"permit(principal, action in Ward::Action::\"all\", resource) when {{ {condition} }};"),
            CedarSchema.Parse(Schema)));

    [Theory]
    [InlineData("Ward::Cook", "{}", "[]", "{}", "a")]
    [InlineData("Ward::Nurse", "{\"shifts\": []}", "[]", "{}", "a")]
    [InlineData("Ward::Color", "{}", "[]", "{}", "blue")]
    [InlineData("Ward::Staff", "{}", "[{\"type\": \"Ward::Color\", \"id\": \"red\"}]", "{}", "a")]
    [InlineData("Ward::Staff", "{}", "[{\"type\": \"Ward::Staff\", \"id\": \"a\"}]", "{}", "a")]
    [InlineData("Ward::Staff", "{}", "[]", "{\"a\": \"b\"}", "a")]
    [InlineData("Ward::Staff", "{\"n\": 1.5}", "[]", "{}", "a")]
    public void Entities_that_the_schema_does_not_allow_are_refused(
        string type,
        string attributes,
        string parents,
        string tags,
        string id)
    {
        var text = $$"""
            [{"uid": {"type": "{{type}}", "id": "{{id}}"}, "attrs": {{attributes}}, "parents": {{parents}},
              "tags": {{tags}}}]
            """;

        Assert.Throws<PolicyInvalidException>(() => EntityReader.Read(text, CedarSchema.Parse(Schema)));
    }

    private static string Describe(CedarSchema schema) => string.Join('\n',
    [
        .. schema.Entities.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item =>
            $"{item.Key} {item.Value.Attributes} in {Join(item.Value.Ancestors)} tags {item.Value.Tags} "
            + $"ids {Join(item.Value.Ids ?? (IEnumerable<string>)[])}"),
        .. schema.Actions.OrderBy(item => item.Key.ToString(), StringComparer.Ordinal).Select(item =>
            $"{item.Key} {Join(item.Value.Principals)} {Join(item.Value.Resources)} {item.Value.Context} in "
            + Join(item.Value.Ancestors.Select(uid => uid.ToString()))),
    ]);

    private static string Join(IEnumerable<string> names) => string.Join(',', names.Order(StringComparer.Ordinal));
}

using System.Globalization;

namespace Terroir.Sovereignty.Cedar;

/// <summary>Reads the policies of a text.</summary>
internal sealed class PolicyParser
{
    private readonly TokenReader _reader;
    private readonly ExpressionParser _expressions;

    private PolicyParser(string text)
    {
        _reader = new TokenReader(text);
        _expressions = new ExpressionParser(_reader);
    }

    /// <summary>Reads all policies; the first is called <c>policy0</c>.</summary>
    /// <exception cref="PolicyInvalidException">The text is not of the grammar.</exception>
    public static List<Policy> Read(string text)
    {
        var parser = new PolicyParser(text);
        var policies = new List<Policy>();
        while (!parser._reader.IsAtEnd)
        {
            if (policies.Count == CedarLimits.PolicyCountMax)
            {
                throw Faults.Limit(nameof(CedarLimits.PolicyCountMax));
            }

            var id = string.Create(CultureInfo.InvariantCulture, $"policy{policies.Count}");
            policies.Add(parser.ReadPolicy(id));
        }

        return policies;
    }

    private Policy ReadPolicy(string id)
    {
        var start = _reader.Current.Start;
        var annotations = ReadAnnotations(_reader);
        var effect = _reader.Current.Is("permit") ? PolicyEffect.Permit
            : _reader.Current.Is("forbid") ? PolicyEffect.Forbid
            : throw _reader.Unexpected("permit or forbid");
        _reader.Take();
        _reader.Expect("(");
        var principal = ReadScope("principal");
        _reader.Expect(",");
        var action = ReadActionScope();
        _reader.Expect(",");
        var resource = ReadScope("resource");
        _reader.TryTake(",");
        _reader.Expect(")");
        var conditions = new List<PolicyCondition>();
        while (!_reader.TryTake(";"))
        {
            conditions.Add(ReadCondition());
        }

        return new Policy(
            id,
            effect,
            annotations,
            new PolicyScopes(principal, action, resource),
            conditions,
            _reader.Source,
            start);
    }

    /// <summary>Reads annotations: <c>@name("value")</c> or <c>@name</c>, each name once.</summary>
    public static Dictionary<string, string> ReadAnnotations(TokenReader reader)
    {
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.TryTake("@"))
        {
            var name = reader.Expect(TokenKind.Name, "the name of an annotation");
            var value = "";
            if (reader.TryTake("("))
            {
                value = reader.ExpectString();
                reader.Expect(")");
            }

            if (!annotations.TryAdd(name.Text, value))
            {
                throw reader.Source.Fault(PolicyFaultKind.Duplicate, name.Start, $"@{name.Text}");
            }
        }

        return annotations;
    }

    private PolicyCondition ReadCondition()
    {
        var isUnless = _reader.Current.Is("unless");
        if (!isUnless && !_reader.Current.Is("when"))
        {
            throw _reader.Unexpected("when, unless or ';'");
        }

        _reader.Take();
        _reader.Expect("{");
        var body = _expressions.Read();
        _reader.Expect("}");
        return new PolicyCondition(isUnless, body);
    }

    private ScopeConstraint ReadScope(string variable)
    {
        var start = _reader.Expect(variable).Start;
        var type = _reader.TryTake("is") ? _reader.ExpectPath() : null;
        var relation = ReadRelation(isEqualAllowed: type is null);
        if (relation == ScopeRelation.Any)
        {
            return new ScopeConstraint(start, relation, type, [], IsList: false, Slot: null);
        }

        if (_reader.Current.Kind != TokenKind.Slot)
        {
            return new ScopeConstraint(start, relation, type, [_reader.ExpectEntity()], IsList: false, Slot: null);
        }

        var slot = _reader.Take();
        return string.Equals(slot.Text, $"?{variable}", StringComparison.Ordinal)
            ? new ScopeConstraint(start, relation, type, [], IsList: false, slot.Text)
            : throw _reader.Source.Fault(PolicyFaultKind.InvalidSlot, slot.Start, slot.Text);
    }

    private ScopeConstraint ReadActionScope()
    {
        var start = _reader.Expect("action").Start;
        var relation = ReadRelation(isEqualAllowed: true);
        var isList = relation == ScopeRelation.In && _reader.Current.Is("[");
        IReadOnlyList<EntityUid> entities = relation == ScopeRelation.Any ? []
            : isList ? _reader.ReadList("[", "]", ReadAction)
            : [ReadAction()];
        return new ScopeConstraint(start, relation, EntityType: null, entities, isList, Slot: null);
    }

    private EntityUid ReadAction()
    {
        var start = _reader.Current.Start;
        var action = _reader.ExpectEntity();
        return action.IsAction
            ? action
            : throw _reader.Source.Fault(PolicyFaultKind.InvalidScope, start, "action");
    }

    private ScopeRelation ReadRelation(bool isEqualAllowed) =>
        isEqualAllowed && _reader.TryTake("==") ? ScopeRelation.Equal
        : _reader.TryTake("in") ? ScopeRelation.In
        : ScopeRelation.Any;
}

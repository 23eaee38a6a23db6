using CsCheck;
using Terroir.Proofs;
using Terroir.Sovereignty.Cedar;

namespace Terroir.Tests.Sovereignty.Cedar;

/// <summary>Laws that hold for the random worlds that the reference implementation also judges.</summary>
public sealed class PolicyLawTests
{
    private static readonly Gen<World> Worlds = Gen.Int[0, int.MaxValue - 1].Select(seed => new World(seed));

    [Fact]
    public void The_order_of_policies_changes_no_decision() =>
        Worlds.Sample(world =>
        {
            var forward = world.Policies.Authorize(world.Request, world.Entities);
            var backward = new PolicySet(world.Policies.Policies.Reverse()).Authorize(world.Request, world.Entities);

            Assert.Equal(forward.IsAllowed, backward.IsAllowed);
            Assert.Equal(forward.Reasons, backward.Reasons.Reverse(), StringComparer.Ordinal);
            Assert.Equal(forward.Errors, backward.Errors.Reverse());
        });

    [Fact]
    public void A_policy_that_forbids_overrides_all_others() =>
        Worlds.Sample(world =>
        {
            var forbid = PolicySet.ParseFile("last", "@id(\"no\") forbid(principal, action, resource);");
            var result = new PolicySet(world.Policies.Policies.Concat(forbid))
                .Authorize(world.Request, world.Entities);

            Assert.False(result.IsAllowed);
            Assert.Contains("no", result.Reasons, StringComparer.Ordinal);
        });

    [Fact]
    public void The_index_of_scopes_changes_nothing() =>
        Worlds.Sample(world =>
        {
            var evaluator = new PolicyEvaluator(world.Request, world.Entities);
            var applied = world.Policies.Policies.ToLookup(evaluator.Applies);
            var result = world.Policies.Authorize(world.Request, world.Entities);

            Assert.Equal(
                applied[null].Select(policy => policy.Id),
                result.Errors.Select(error => error.PolicyId),
                StringComparer.Ordinal);
            var effect = applied[true].Any(policy => policy.Effect == PolicyEffect.Forbid)
                ? PolicyEffect.Forbid
                : PolicyEffect.Permit;
            Assert.Equal(
                applied[true].Where(policy => policy.Effect == effect).Select(policy => policy.Id),
                result.Reasons,
                StringComparer.Ordinal);
        });

    [Fact]
    public void What_is_formatted_means_the_same_and_formatting_it_again_changes_nothing() =>
        Worlds.Sample(world =>
        {
            var formatted = PolicyFormatter.Format(world.Text);

            Assert.Equal(Describe(world.Policies), Describe(PolicySet.Parse(formatted)), StringComparer.Ordinal);
            Assert.Equal(formatted, PolicyFormatter.Format(formatted));
            Assert.DoesNotContain(formatted.Split('\n'), line => line.EndsWith(' '));
        });

    [Fact]
    public void An_expression_is_read_again_as_it_was_written() =>
        Worlds.Sample(world =>
        {
            foreach (var condition in world.Policies.Policies.SelectMany(policy => policy.Conditions))
            {
                var text = ExpressionText.Write(condition.Body);
                var again = PolicySet.Parse($"permit(principal, action, resource) when {{ {text} }};");

                Assert.Equal(text, ExpressionText.Write(again.Policies[0].Conditions[0].Body));
                Assert.Equal(
                    new PolicyEvaluator(world.Request, world.Entities).Holds(condition with { IsUnless = false }),
                    new PolicyEvaluator(world.Request, world.Entities).Holds(again.Policies[0].Conditions[0]));
            }
        });

    [Fact]
    public void A_valid_policy_raises_no_error_but_overflow_and_missing_entities() =>
        Worlds.Sample(world =>
        {
            var invalid = PolicyValidator.Validate(world.Policies, world.Schema)
                .Where(fault => !fault.IsWarning)
                .Select(fault => fault.PolicyId)
                .ToHashSet(StringComparer.Ordinal);
            var result = world.Policies.Authorize(world.Request, world.Entities);

            Assert.All(
                result.Errors.Where(error => !invalid.Contains(error.PolicyId)),
                error => Assert.Contains(
                    error.Kind,
                    (EvaluationErrorKind[])
                    [
                        EvaluationErrorKind.Overflow,
                        EvaluationErrorKind.EntityMissing,
                        EvaluationErrorKind.ExtensionFailed,
                    ]));
        });

    private static IEnumerable<string> Describe(PolicySet policies) => policies.Policies.Select(policy =>
        $"{policy.Effect} {Describe(policy.Scopes.Principal)} {Describe(policy.Scopes.Action)} "
        + $"{Describe(policy.Scopes.Resource)} {string.Join(' ', policy.Annotations)} "
        + string.Join(' ', policy.Conditions.Select(item => $"{item.IsUnless} {ExpressionText.Write(item.Body)}")));

    private static string Describe(ScopeConstraint scope) =>
        $"{scope.Relation} {scope.EntityType} {string.Join(',', scope.Entities)} {scope.IsList} {scope.Slot}";

    private sealed class World
    {
        private readonly int _seed;

        public World(int seed)
        {
            _seed = seed;
            var random = new Random(seed);
            var world = new PolicyWorld(random);
            Schema = CedarSchema.Parse(world.Schema);
            Entities = EntityReader.Read(world.DrawEntities().ToJsonString(), Schema);
            Request = RequestReader.Read(world.DrawRequest().ToJsonString(), Schema);
            Text = DrawReadable(random);
            Policies = PolicySet.Parse(Text);
        }

        public CedarSchema Schema { get; }

        public EntityStore Entities { get; }

        public AuthorizationRequest Request { get; }

        public string Text { get; }

        public PolicySet Policies { get; }

        public override string ToString() => $"seed {_seed}: {Text}";

        // One text in twenty is damaged on purpose, and then most cannot be read.
        private static string DrawReadable(Random random)
        {
            while (true)
            {
                var text = new PolicyText(random).Draw();
                try
                {
                    PolicySet.Parse(text);
                    return text;
                }
                catch (PolicyInvalidException)
                {
                    continue;
                }
            }
        }
    }
}

using Terroir.Sovereignty;
using Terroir.Sovereignty.Cedar;

namespace Terroir.Tests.Sovereignty;

public sealed class SitePoliciesTests
{
    private static readonly ProcessingEndpoint Here = new("here", true, "us", "FR", "FR", [], null);
    private static readonly ProcessingEndpoint Hds = new("hds", false, "Host", "FR", "FR", ["HDS"], 40);
    private static readonly ProcessingEndpoint Abroad = new("abroad", false, "Vendor", "US", "US", [], null);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "policies");

    [Fact]
    public void Without_policies_nothing_leaves_the_machine()
    {
        var site = SitePolicies.Parse(new Dictionary<string, string>(StringComparer.Ordinal));

        Assert.Equal(ProcessingOutcome.Allow, site.Decide(Ask(Here, new DataLabels()), Here).Outcome);
        Assert.Equal(ProcessingOutcome.LocalOnly, site.Decide(Ask(Hds, new DataLabels()), Here).Outcome);
        Assert.Equal(ProcessingOutcome.Deny, site.Decide(Ask(Hds, new DataLabels()), local: null).Outcome);
    }

    [Fact]
    public void The_policies_of_a_hospital_let_health_data_go_without_names_or_stay()
    {
        var site = SitePolicies.Parse(SitePolicies.ReadFolder(Path.Combine(Folder, "hospital")));
        var health = new DataLabels { Classification = Classification.Confidential, Personal = ["health", "identity"] };

        Assert.Equal(["on-site"], site.Decide(Ask(Here, health), Here).Reasons);
        var redacted = site.Decide(Ask(Hds, health), Here);
        Assert.Equal(ProcessingOutcome.AllowRedacted, redacted.Outcome);
        Assert.Equal(["hds-without-names"], redacted.Reasons);
        var local = site.Decide(Ask(Abroad, health), Here);
        Assert.Equal(ProcessingOutcome.LocalOnly, local.Outcome);
        Assert.Equal(["law-of-the-union", "health-needs-hds"], local.Against);
        Assert.Equal(
            ProcessingOutcome.Deny,
            site.Decide(Ask(Hds, health with { Purposes = ["care"] }), Here).Outcome);
    }

    [Fact]
    public void A_person_is_asked_where_this_machine_cannot_do_it_instead()
    {
        var site = SitePolicies.Parse(SitePolicies.ReadFolder(Path.Combine(Folder, "public-body")));
        var request = Ask(Hds, new DataLabels { Classification = Classification.Confidential }) with
        {
            Groups = ["security-officers"],
        };

        Assert.Equal(ProcessingOutcome.LocalOnly, site.Decide(request, Here).Outcome);
        var decision = site.Decide(request, local: null);
        Assert.Equal(ProcessingOutcome.AskHuman, decision.Outcome);
        Assert.Equal(["security-officer-approves"], decision.Reasons);
        Assert.Equal(ProcessingOutcome.Deny, site.Decide(request with { Groups = [] }, local: null).Outcome);
    }

    [Fact]
    public void A_prohibition_that_cannot_be_evaluated_prohibits()
    {
        var site = SitePolicies.Parse(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["a.cedar"] = """
                permit (principal, action, resource);
                @id("carbon") forbid (principal, action, resource)
                when { resource has carbonGramsPerKilowattHour
                  && resource.carbonGramsPerKilowattHour * 9223372036854775807 > 1 };
                """,
        });

        var decision = site.Decide(Ask(Hds, new DataLabels()), Hds);

        Assert.Equal(ProcessingOutcome.Deny, decision.Outcome);
        Assert.Equal(["carbon"], decision.Reasons);
        Assert.Equal(ProcessingOutcome.Allow, site.Decide(Ask(Abroad, new DataLabels()), Here).Outcome);
    }

    [Theory]
    [InlineData("permit (principal, action, resource) when { resource.nothing };", PolicyFaultKind.UnknownAttribute)]
    [InlineData("permit (principal, action == Action::\"fly\", resource);", PolicyFaultKind.UnknownAction)]
    [InlineData("permit (principal, action, resource", PolicyFaultKind.UnexpectedToken)]
    public void Policies_that_are_not_valid_are_refused_before_they_decide(string policy, PolicyFaultKind kind)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal) { ["a.cedar"] = policy };

        Assert.Equal(kind, Assert.Throws<PolicyInvalidException>(() => SitePolicies.Parse(files)).Fault.Kind);
    }

    [Fact]
    public async Task The_ready_policies_pass_their_tests_are_formatted_and_have_the_schema_of_the_product()
    {
        var stop = TestContext.Current.CancellationToken;
        var report = await PolicyCaseRunner.RunAsync(Folder, isTaken: null, stop);

        Assert.Equal([], report.Failures);
        Assert.Equal((4, 42), (report.Cases, report.Passed));
        Assert.Equal(
            SitePolicies.Schema,
            await File.ReadAllTextAsync(Path.Combine(Folder, "site.cedarschema"), stop));
        foreach (var file in Directory.GetFiles(Folder, "*.cedar", SearchOption.AllDirectories))
        {
            var text = await File.ReadAllTextAsync(file, stop);
            Assert.Equal(text, PolicyFormatter.Format(text));
        }
    }

    private static ProcessingRequest Ask(ProcessingEndpoint endpoint, DataLabels labels) =>
        new("somebody", [], "generate", null, labels, endpoint);
}

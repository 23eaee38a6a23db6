using Terroir.Access;
using Terroir.Server.Emergency;

namespace Terroir.Server.Tests.Emergency;

public sealed class EmergencyOptionsTests
{
    [Theory]
    [InlineData("bris-de-glace", "medecins", 1)]
    [InlineData("bris-de-glace", "medecins", EmergencyRule.MinutesMax)]
    public void A_rule_names_two_groups_and_minutes(string group, string openTo, int minutes) =>
        Assert.Null(FaultOf((group, openTo, minutes)));

    [Theory]
    [InlineData("", "medecins", 60)]
    [InlineData("bris-de-glace", "", 60)]
    [InlineData("medecins", "medecins", 60)]
    [InlineData("bris-de-glace", "medecins", 0)]
    [InlineData("bris-de-glace", "medecins", 1_441)]
    [InlineData("operators", "medecins", 60)]
    [InlineData("administrators", "medecins", 60)]
    public void A_rule_that_cannot_be_meant_is_named(string group, string openTo, int minutes) =>
        Assert.StartsWith("Terroir:Emergency:0 ", FaultOf((group, openTo, minutes)), StringComparison.Ordinal);

    [Fact]
    public void A_group_has_one_rule() => Assert.StartsWith(
        "Terroir:Emergency:1 ",
        FaultOf(("bris-de-glace", "medecins", 60), ("bris-de-glace", "soins", 60)),
        StringComparison.Ordinal);

    private static string? FaultOf(params (string Group, string OpenTo, int Minutes)[] rules) => new EmergencyOptions
    {
        Emergency =
        [
            .. rules.Select(rule => new EmergencyRule
            {
                Group = rule.Group,
                OpenTo = rule.OpenTo,
                Minutes = rule.Minutes,
            }),
        ],
    }.FindFault(new ServerOptions());
}

using CsCheck;
using Terroir.Energy;

namespace Terroir.Tests.Energy;

public sealed class DeclaredPowerTests
{
    [Fact]
    public void The_most_is_of_the_whole_call_and_the_least_of_what_was_written()
    {
        var power = new DeclaredPower { MinWatts = 20, MaxWatts = 45.5 };

        var energy = power.Over(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(3));

        Assert.Equal(new ModelledEnergy(60_000, 227_500), energy);
        Assert.Equal((60, 227.5, 143.75), (energy.JoulesMin, energy.JoulesMax, energy.Joules));
    }

    [Fact]
    public void The_figure_is_within_its_bounds_also_of_a_sum()
    {
        var call = Gen.Select(Gen.Double[0, 500], Gen.Double[0, 500], Gen.Int[0, 600_000], Gen.Int[0, 600_000]);

        call.List[1, 8].Sample(calls =>
        {
            var sum = calls.Aggregate(default(ModelledEnergy), (before, drawn) =>
            {
                var (low, more, whole, writing) = drawn;
                var power = new DeclaredPower { MinWatts = low, MaxWatts = low + more };
                Assert.Null(power.FindFault("Power"));
                return before + power.Over(TimeSpan.FromMilliseconds(whole), TimeSpan.FromMilliseconds(writing));
            });

            Assert.InRange(sum.JoulesMin, 0, sum.Joules);
            Assert.InRange(sum.Joules, sum.JoulesMin, sum.JoulesMax);
        });
    }

    [Theory]
    [InlineData(-1, 10, null)]
    [InlineData(11, 10, null)]
    [InlineData(0, 1_000_001, null)]
    [InlineData(double.NaN, 10, null)]
    [InlineData(0, double.NaN, null)]
    [InlineData(0, 10, -1)]
    [InlineData(0, 10, 10_001)]
    public void What_cannot_be_meant_is_named(double least, double most, int? carbon) => Assert.StartsWith(
        "Power:",
        new DeclaredPower { MinWatts = least, MaxWatts = most, CarbonGramsPerKilowattHour = carbon }.FindFault("Power"),
        StringComparison.Ordinal);

    [Fact]
    public void Of_a_call_that_is_not_known_nothing_is_claimed_of_all()
    {
        var count = new EnergyCount();
        Assert.Null(count.Total);

        count.Add(new ModelledEnergy(1, 2));
        Assert.Equal(new ModelledEnergy(1, 2), count.Total);

        count.Add(null);
        count.Add(new ModelledEnergy(1, 2));
        Assert.Null(count.Total);
    }
}

using MicroTrader.Domain.Gateway;

namespace MicroTrader.Domain.Tests.Gateway;

/// <summary>When the clock on the wall is held to have jumped.</summary>
public sealed class ClockWatchTests
{
    [Theory]
    [InlineData(5, 5, null)]
    [InlineData(7.999, 5, null)]
    [InlineData(2.001, 5, null)]
    [InlineData(8, 5, 3.0)]
    [InlineData(2, 5, -3.0)]
    [InlineData(3605, 5, 3600.0)]
    [InlineData(-3595, 5, -3600.0)]
    // Both clocks agree, but the look came far too late: the machine slept, and its second clock with the first.
    [InlineData(34.999, 34.999, null)]
    [InlineData(35, 35, 30.0)]
    [InlineData(605, 605, 600.0)]
    [InlineData(605, 604, 600.0)]
    // The clock was set back while the machine slept: the difference tells.
    [InlineData(5, 65, -60.0)]
    public void A_jump_is_a_difference_of_the_clocks_or_a_look_that_came_far_too_late(double wall, double run, double? jump) =>
        Assert.Equal(
            jump is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            ClockWatch.Jump(TimeSpan.FromSeconds(wall), TimeSpan.FromSeconds(run), TimeSpan.FromSeconds(5)));
}

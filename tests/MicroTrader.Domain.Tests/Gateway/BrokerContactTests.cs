using MicroTrader.Domain.Gateway;

namespace MicroTrader.Domain.Tests.Gateway;

/// <summary>When a person is told that the broker cannot be read: once, after a while, and once when it is over.</summary>
public sealed class BrokerContactTests
{
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 14, 0, 0, TimeSpan.Zero);
    private readonly BrokerContact _contact = new(TimeSpan.FromSeconds(60));

    [Fact]
    public void A_failure_that_passes_is_never_said()
    {
        _contact.Failed(BrokerEndpoint.Positions, "time-out", Start);
        Assert.Equal(Start.AddSeconds(60), _contact.DueAt);
        Assert.Null(_contact.Look(Start.AddSeconds(59)));
        Assert.Null(_contact.Answered(BrokerEndpoint.Positions));
        Assert.Null(_contact.DueAt);
        Assert.Null(_contact.Look(Start.AddSeconds(61)));
    }

    [Fact]
    public void One_that_lasts_is_said_once_from_its_beginning_and_taken_back_once()
    {
        _contact.Failed(BrokerEndpoint.Positions, "time-out", Start);
        _contact.Failed(BrokerEndpoint.Positions, "refused", Start.AddSeconds(30));

        Assert.Equal((Start, "refused"), _contact.Look(Start.AddSeconds(60)));
        Assert.True(_contact.IsAway);
        _contact.Failed(BrokerEndpoint.OrderHistory, "refused", Start.AddSeconds(70));
        Assert.Null(_contact.Look(Start.AddSeconds(300)));
        Assert.Null(_contact.DueAt);

        Assert.Null(_contact.Answered(BrokerEndpoint.Positions));
        Assert.Equal(Start, _contact.Answered(BrokerEndpoint.OrderHistory));
        Assert.False(_contact.IsAway);
        Assert.Null(_contact.Answered(BrokerEndpoint.Positions));
    }

    // The history may fail while everything else is well: nothing is settled then, so that it must be said.
    [Fact]
    public void One_read_that_fails_for_good_is_said_though_others_are_answered()
    {
        _contact.Failed(BrokerEndpoint.OrderHistory, "500", Start);
        for (var i = 1; i < 60; i++)
            Assert.Null(_contact.Answered(BrokerEndpoint.Positions));

        Assert.NotNull(_contact.Look(Start.AddSeconds(60)));
    }

    [Fact]
    public void An_order_that_is_asked_for_no_more_does_not_count_for_ever()
    {
        _contact.Failed(BrokerEndpoint.OrderById, "500", Start);
        _contact.Answered(BrokerEndpoint.Positions);

        Assert.Null(_contact.Look(Start.AddSeconds(600)));
    }
}

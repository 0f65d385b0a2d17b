using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Orders;

namespace MicroTrader.Actors.Tests;

public sealed class SessionSettingsTests
{
    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, true)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public void A_symbol_is_traded_outside_of_the_regular_session_only_where_it_can_be(bool regularOnly, bool instrumentCan, bool expected)
    {
        var traded = HarnessOptions.Traded("AXSM") with { Limits = new InstrumentLimits(ExtendedHours: instrumentCan) };
        var settings = new RobotSettings { Symbols = [traded], JournalPath = "journal.db", Session = new SessionRules { RegularOnly = regularOnly } };

        Assert.Equal(expected, settings.SessionOf(traded)!.RegularOnly);
    }

    [Fact]
    public void Where_hours_do_not_matter_no_symbol_has_any() =>
        Assert.Null(new RobotSettings { Symbols = [], JournalPath = "journal.db" }.SessionOf(null));
}

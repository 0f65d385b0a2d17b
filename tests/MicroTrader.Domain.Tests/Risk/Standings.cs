using MicroTrader.Domain.Market;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Domain.Tests.Risk;

/// <summary>How positions stand, in short.</summary>
internal static class Standings
{
    public static PositionStanding Exists(this Symbol symbol, PositionMoney? money = null) => new(symbol, true, money, [], null);

    public static PositionStanding Gone(this Symbol symbol) => new(symbol, false, null, [], null);
}

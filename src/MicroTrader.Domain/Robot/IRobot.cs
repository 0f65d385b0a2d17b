using MicroTrader.Domain.Market;
using MicroTrader.Domain.Risk;
using Resolution = MicroTrader.Domain.Positions.Resolution;

namespace MicroTrader.Domain.Robot;

/// <summary>What may be asked of a running robot. Every call answers within a time-out or throws <see cref="TimeoutException"/>.</summary>
public interface IRobotQueries
{
    /// <summary>The robot's clock, which all its times are by: the wall's, or a recording's.</summary>
    DateTimeOffset Now { get; }

    /// <summary>The robot at a glance.</summary>
    Task<RobotStatus> StatusAsync(CancellationToken cancellation);

    /// <summary>The positions that are not CLOSED, by symbol.</summary>
    Task<IReadOnlyList<PositionView>> PositionsAsync(CancellationToken cancellation);

    /// <summary>The newest trades that are over, newest first.</summary>
    Task<IReadOnlyList<TradeView>> TradesAsync(int most, CancellationToken cancellation);

    /// <summary>A page of the trades that are over, newest first.</summary>
    Task<TradePage> TradePageAsync(TradeQuery query, CancellationToken cancellation);

    /// <summary>The newest orders, newest first, those of trades that are over included.</summary>
    Task<IReadOnlyList<OrderView>> OrdersAsync(int most, CancellationToken cancellation);

    /// <summary>The account's money as last read; asking has it read anew before long.</summary>
    Task<AccountView> AccountAsync(CancellationToken cancellation);

    /// <summary>How the robot stands with the broker.</summary>
    Task<BrokerView> BrokerAsync(CancellationToken cancellation);

    /// <summary>The symbols, by name.</summary>
    Task<IReadOnlyList<SymbolView>> SymbolsAsync(CancellationToken cancellation);

    /// <summary>Tells what became of a trade (<c>AXSM-17</c>) or an order (<c>AXSM-17-B1</c>), from the journal.</summary>
    Task<ExplainAnswer> ExplainAsync(string reference, CancellationToken cancellation);

    /// <summary>Has every actor report itself, to the log and to the caller.</summary>
    Task<IReadOnlyList<ActorReport>> InspectAsync(CancellationToken cancellation);
}

/// <summary>What a command came to.</summary>
/// <param name="Done">Whether it is done, or under way where it takes a while.</param>
/// <param name="Message">What happened, in one line.</param>
public sealed record CommandResult(bool Done, string Message);

/// <summary>What a running robot may be told. Every call answers within a time-out or throws <see cref="TimeoutException"/>.</summary>
public interface IRobotCommands
{
    /// <summary>Sets what the robot may do; journalled before it is answered.</summary>
    Task<CommandResult> SetTradingStateAsync(TradingState state, string reason, CancellationToken cancellation);

    /// <summary>Leaves one position.</summary>
    Task<CommandResult> CloseAsync(Symbol symbol, CancellationToken cancellation);

    /// <summary>Says what is true of a symbol that needs the person.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="choice">What.</param>
    /// <param name="orderId">The broker's order that is the robot's; null where only one is in question.</param>
    /// <param name="confirmed">False: only say what would be done; nothing changes.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    Task<CommandResult> ResolveAsync(Symbol symbol, Resolution choice, long? orderId, bool confirmed, CancellationToken cancellation);

    /// <summary>Compares journal and broker now; answers when that is through.</summary>
    Task<CommandResult> ReconcileAsync(CancellationToken cancellation);

    /// <summary>Allows exits only and leaves every position.</summary>
    Task<CommandResult> FlattenAsync(CancellationToken cancellation);
}

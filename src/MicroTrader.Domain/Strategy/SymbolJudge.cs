using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Strategy;

/// <summary>A symbol's position, as far as its prices are judged.</summary>
/// <param name="Status">Where it stands.</param>
/// <param name="TradeNumber">Its newest trade; 0 before the first.</param>
/// <param name="EntryPrice">What prices are judged against, in the instrument's currency; null while none is to be judged.</param>
public readonly record struct JudgedPosition(PositionStatus Status, long TradeNumber, decimal? EntryPrice)
{
    /// <summary>How a position is judged: from the broker's acceptance of the buy on, and no longer once an exit is wanted or a person is asked.</summary>
    public static JudgedPosition From(PositionState state)
    {
        var judged = state.Blocked is null
            && state.Trade is { Exit: null } trade
            && (state.Status == PositionStatus.Open || (state.Status == PositionStatus.Pending && trade.Entry.Status == OrderStatus.Accepted));
        return new JudgedPosition(state.Status, state.TradeNumber, judged ? state.Trade!.EntryPrice : null);
    }
}

/// <summary>What follows from one tick.</summary>
/// <param name="Entry">The strategy's answer to it.</param>
/// <param name="Enter">Whether an entry is to be asked for.</param>
/// <param name="Exit">Why the position is to be left; null where it is not.</param>
/// <param name="IsNews">Whether the price is another than the one before, and a position stands: what is open is worth another sum.</param>
public readonly record struct TickVerdict(EntryCode Entry, bool Enter, ExitReason? Exit, bool IsNews);

/// <summary>
/// Judges the ticks of one symbol, the same in the robot and in a backtest: entries while nothing is held, exits while something is, one exit signal a trade.
/// Pure: the robot's actor and the backtest carry out what it says.
/// </summary>
public sealed class SymbolJudge
{
    private readonly IStrategy _strategy;
    private readonly ExitJudge _exits;
    private readonly long[] _counts = new long[Enum.GetValues<EntryCode>().Length];
    private JudgedPosition _held = new(PositionStatus.Closed, 0, null);
    private long _exitSignalledFor;
    private bool _lastIsDelayed;

    /// <summary>Makes a judge that has seen no tick.</summary>
    /// <param name="symbol">The instrument.</param>
    /// <param name="strategy">Decides entries.</param>
    /// <param name="exits">When positions are left.</param>
    /// <exception cref="ArgumentException">The parameters are impossible.</exception>
    public SymbolJudge(Symbol symbol, IStrategy strategy, ExitParameters exits)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        Symbol = symbol;
        _strategy = strategy;
        _exits = new ExitJudge(exits);
    }

    /// <summary>The instrument.</summary>
    public Symbol Symbol { get; }

    /// <summary>Decides entries.</summary>
    public IStrategy Strategy => _strategy;

    /// <summary>The position, as it was last told.</summary>
    public JudgedPosition Held => _held;

    /// <summary>Ticks that came.</summary>
    public long Ticks { get; private set; }

    /// <summary>Entries that were asked for.</summary>
    public long Signals { get; private set; }

    /// <summary>The newest price that was taken in, in the instrument's currency; null before the first.</summary>
    public decimal? LastPrice { get; private set; }

    /// <summary>When that was; null before the first.</summary>
    public DateTimeOffset? LastTickAt { get; private set; }

    /// <summary>How often the strategy answered so.</summary>
    public long CountOf(EntryCode code) => _counts[(int)code];

    /// <summary>Every answer of the strategy that came, with how often.</summary>
    public IEnumerable<KeyValuePair<EntryCode, long>> Counts =>
        Enum.GetValues<EntryCode>().Where(c => _counts[(int)c] > 0).Select(c => KeyValuePair.Create(c, _counts[(int)c]));

    /// <summary>Takes a tick in.</summary>
    public TickVerdict OnTick(in Tick tick)
    {
        Ticks++;
        var code = _strategy.OnTick(tick);
        _counts[(int)code]++;
        if (code is EntryCode.OutOfOrder or EntryCode.NotUsable)
            return new TickVerdict(code, false, null, false);
        if (_held.Status == PositionStatus.Closed)
        {
            See(tick);
            if (code != EntryCode.Enter)
                return new TickVerdict(code, false, null, false);
            Signals++;
            return new TickVerdict(code, true, null, false);
        }

        var isNews = LastPrice != tick.Price;
        See(tick);
        // A price that is told late was another minutes ago: it is no reason to sell now.
        var exit = _held.EntryPrice is { } entryPrice && (tick.Traits & TickTraits.Delayed) == 0 ? JudgeExit(entryPrice, tick.Price, isNewTick: true) : null;
        return new TickVerdict(code, false, exit, isNews);
    }

    /// <summary>
    /// Takes in how the position stands. A price that came while the fill was being looked up may already be past a limit: the newest one is judged then.
    /// </summary>
    /// <param name="held">How the position stands.</param>
    /// <returns>Why the position is to be left at once; null where it is not.</returns>
    public ExitReason? OnPosition(in JudgedPosition held)
    {
        var opened = held.EntryPrice is not null && _held.EntryPrice != held.EntryPrice;
        _held = held;
        // A position that still has prices judged has not heard of an exit: one that was told got lost with its restart.
        if (held.EntryPrice is not null)
            _exitSignalledFor = 0;
        return opened && LastPrice is { } price && !_lastIsDelayed ? JudgeExit(held.EntryPrice!.Value, price, isNewTick: false) : null;
    }

    /// <summary>The wish to enter on the newest tick, with what it was decided on.</summary>
    /// <param name="tick">The tick that <see cref="OnTick"/> answered with an entry.</param>
    /// <param name="now">The robot's clock.</param>
    public EntrySignal Signal(in Tick tick, DateTimeOffset now)
    {
        var seen = _strategy.Last.Indicators;
        return new EntrySignal(
            Symbol, tick.Price, tick.Time, now, Math.Round(seen.ChangePercent, 6), seen.RisingMoves, seen.VolumeRatio is { } ratio ? Math.Round(ratio, 6) : null);
    }

    /// <summary>A tick's ask minus its bid in percent of their mean; null where it has no quote.</summary>
    public static decimal? SpreadPercent(in Tick tick) =>
        tick is { Bid: > 0 and var bid, Ask: > 0 and var ask } ? (ask - bid) * 200m / (ask + bid) : null;

    // One signal a trade: the position keeps it until it can be sent.
    private ExitReason? JudgeExit(decimal entryPrice, decimal price, bool isNewTick)
    {
        if (_exits.Judge(_held.TradeNumber, entryPrice, price, isNewTick) is not { } reason || _exitSignalledFor == _held.TradeNumber)
            return null;
        _exitSignalledFor = _held.TradeNumber;
        return reason;
    }

    private void See(in Tick tick)
    {
        LastPrice = tick.Price;
        LastTickAt = tick.Time;
        _lastIsDelayed = (tick.Traits & TickTraits.Delayed) != 0;
    }
}

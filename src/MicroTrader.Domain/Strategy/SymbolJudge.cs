using System.Runtime.CompilerServices;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Domain.Strategy;

/// <summary>A symbol's position, as far as its prices are judged.</summary>
/// <param name="Status">Where it stands.</param>
/// <param name="TradeNumber">Its newest trade; 0 before the first.</param>
/// <param name="EntryPrice">What prices are judged against, in the instrument's currency; null while none is to be judged.</param>
/// <param name="OpenedAt">When that was paid; null while it is not known.</param>
public readonly record struct JudgedPosition(PositionStatus Status, long TradeNumber, decimal? EntryPrice, DateTimeOffset? OpenedAt = null)
{
    /// <summary>How a position is judged: from the broker's acceptance of the buy on, and no longer once an exit is wanted or a person is asked.</summary>
    public static JudgedPosition From(PositionState state)
    {
        var judged = state.Blocked is null
            && state.Trade is { Exit: null } trade
            && (state.Status == PositionStatus.Open || (state.Status == PositionStatus.Pending && trade.Entry.Status == OrderStatus.Accepted));
        return new JudgedPosition(state.Status, state.TradeNumber, judged ? state.Trade!.EntryPrice : null, judged ? state.Trade!.OpenedAt : null);
    }
}

/// <summary>What follows from one tick.</summary>
/// <param name="Price">Whether its price is believed.</param>
/// <param name="Entry">The strategy's answer to it; null where it was withheld.</param>
/// <param name="Enter">Whether an entry is to be asked for.</param>
/// <param name="Exit">Why the position is to be left; null where it is not.</param>
/// <param name="IsNews">Whether the price is another than the one before, and a position stands: what is open is worth another sum.</param>
public readonly record struct TickVerdict(PriceVerdict Price, EntryCode? Entry, bool Enter, ExitReason? Exit, bool IsNews)
{
    /// <summary>Whether the tick was taken in, by the guard and by the strategy.</summary>
    public bool IsTakenIn => Entry is not (null or EntryCode.OutOfOrder or EntryCode.NotUsable);
}

/// <summary>
/// Judges the ticks of one symbol, the same in the robot and in a backtest: which prices are believed, entries while nothing is held, exits while something is,
/// one exit signal a trade. Pure: the robot's actor and the backtest carry out what it says.
/// </summary>
public sealed class SymbolJudge
{
    private static readonly EntryCode[] Codes = Enum.GetValues<EntryCode>();

    private readonly IStrategy _strategy;
    private readonly PriceGuard _guard;
    private readonly ExitJudge _exits;
    private readonly long[] _counts = new long[Codes.Length];
    private JudgedPosition _held = new(PositionStatus.Closed, 0, null);
    private long _exitSignalledFor;
    private bool _lastMayExit;
    private bool _hasPrice;
    private decimal _lastPrice;
    private long _lastTickTicks;

    /// <summary>Makes a judge that has seen no tick.</summary>
    /// <param name="symbol">The instrument.</param>
    /// <param name="strategy">Decides entries.</param>
    /// <param name="exits">When positions are left.</param>
    /// <param name="prices">Which prices are believed.</param>
    /// <exception cref="ArgumentException">The parameters or the rules are impossible.</exception>
    public SymbolJudge(Symbol symbol, IStrategy strategy, ExitParameters exits, PriceRules prices)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        Symbol = symbol;
        _strategy = strategy;
        _exits = new ExitJudge(exits);
        _guard = new PriceGuard(prices);
    }

    /// <summary>The instrument.</summary>
    public Symbol Symbol { get; }

    /// <summary>Decides entries.</summary>
    public IStrategy Strategy => _strategy;

    /// <summary>Decides which prices are believed.</summary>
    public PriceGuard Guard => _guard;

    /// <summary>The position, as it was last told.</summary>
    public JudgedPosition Held => _held;

    /// <summary>Ticks that came.</summary>
    public long Ticks { get; private set; }

    /// <summary>Entries that were asked for.</summary>
    public long Signals { get; private set; }

    /// <summary>The newest price that was taken in, in the instrument's currency; null before the first.</summary>
    public decimal? LastPrice => _hasPrice ? _lastPrice : null;

    /// <summary>When that was; null before the first.</summary>
    public DateTimeOffset? LastTickAt => _hasPrice ? new DateTimeOffset(_lastTickTicks, TimeSpan.Zero) : null;

    /// <summary>Whether the newest price was one of a source that gives its prices late.</summary>
    public bool IsLate { get; private set; }

    /// <summary>How often the strategy answered how; answers that never came are not among them.</summary>
    public IEnumerable<KeyValuePair<EntryCode, long>> Counts => Codes.Where(c => _counts[(int)c] > 0).Select(c => KeyValuePair.Create(c, _counts[(int)c]));

    /// <summary>Takes a tick in.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="now">The robot's clock.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public TickVerdict OnTick(in Tick tick, DateTimeOffset now)
    {
        Ticks++;
        var price = _guard.Judge(tick, now);
        if (price.IsWithheld)
            return new TickVerdict(price, null, false, null, false);
        // What it confirms was a real price: the window holds it, but its moment to act is over.
        if (price.Confirms)
            Answer(_guard.Confirmed);
        return price.IsAfterGap ? TakeIn(tick with { Traits = tick.Traits | TickTraits.AfterGap }, price) : TakeIn(tick, price);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TickVerdict TakeIn(in Tick tick, in PriceVerdict price)
    {
        var code = Answer(tick);
        if (code is EntryCode.OutOfOrder or EntryCode.NotUsable)
            return new TickVerdict(price, code, false, null, false);
        var isClosed = _held.Status == PositionStatus.Closed;
        var isNews = !isClosed && (!_hasPrice || _lastPrice != tick.Price);
        _hasPrice = true;
        _lastPrice = tick.Price;
        _lastTickTicks = tick.TimeTicks;
        _lastMayExit = price.MayExit;
        IsLate = price.Code == PriceCode.Delayed;
        if (_held.EntryPrice is { } entryPrice)
            return new TickVerdict(price, code, false, price.MayExit ? JudgeExit(entryPrice, tick.Price, isNewTick: true) : null, isNews);
        var enter = isClosed && price.MayEnter && code == EntryCode.Enter;
        if (enter)
            Signals++;
        return new TickVerdict(price, code, enter, null, isNews);
    }

    /// <summary>
    /// Takes in how the position stands. A price that came while the fill was being looked up may already be past a limit: the newest one is judged then.
    /// </summary>
    /// <param name="held">How the position stands.</param>
    /// <param name="isFresh">Whether the newest price still says something about now.</param>
    /// <returns>Why the position is to be left at once; null where it is not.</returns>
    public ExitReason? OnPosition(in JudgedPosition held, bool isFresh = true)
    {
        var opened = held.EntryPrice is not null && _held.EntryPrice != held.EntryPrice;
        _held = held;
        // What was paid today is a price of today: the first tick after a restart can be measured by it.
        if (held is { EntryPrice: { } paid, OpenedAt: { } openedAt })
            _guard.Know(paid, openedAt);
        // A position that still has prices judged has not heard of an exit: one that was told got lost with its restart.
        if (held.EntryPrice is not null)
            _exitSignalledFor = 0;
        return opened && isFresh && _hasPrice && _lastMayExit ? JudgeExit(held.EntryPrice!.Value, _lastPrice, isNewTick: false) : null;
    }

    /// <summary>Judges a price of another source, e.g. the broker's own while the feed is silent; null while there is no reason to leave.</summary>
    /// <param name="price">The price of a share, in the instrument's currency.</param>
    public ExitReason? OnOtherPrice(decimal price) => _held.EntryPrice is { } entryPrice ? JudgeExit(entryPrice, price, isNewTick: false) : null;

    /// <summary>The wish to enter on the newest tick, with what it was decided on.</summary>
    /// <param name="now">The robot's clock.</param>
    public EntrySignal Signal(DateTimeOffset now)
    {
        var seen = _strategy.Last.Indicators;
        return new EntrySignal(
            Symbol, _lastPrice, new DateTimeOffset(_lastTickTicks, TimeSpan.Zero), now, Math.Round(seen.ChangePercent, 6), seen.RisingMoves, seen.VolumeRatio is { } ratio ? Math.Round(ratio, 6) : null);
    }

    /// <summary>A tick's ask minus its bid in percent of their mean; null where it has no quote.</summary>
    public static decimal? SpreadPercent(in Tick tick) =>
        tick is { Bid: > 0 and var bid, Ask: > 0 and var ask } ? (ask - bid) * 200m / (ask + bid) : null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private EntryCode Answer(in Tick tick)
    {
        var code = _strategy.OnTick(tick);
        _counts[(int)code]++;
        return code;
    }

    // One signal a trade: the position keeps it until it can be sent.
    private ExitReason? JudgeExit(decimal entryPrice, decimal price, bool isNewTick)
    {
        if (_exits.Judge(_held.TradeNumber, entryPrice, price, isNewTick) is not { } reason || _exitSignalledFor == _held.TradeNumber)
            return null;
        _exitSignalledFor = _held.TradeNumber;
        return reason;
    }
}

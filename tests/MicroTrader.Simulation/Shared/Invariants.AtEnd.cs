using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Simulation.Shared;

/// <content>What must hold at the end, after all was healthy for long.</content>
internal sealed partial class Invariants
{
    /// <summary>Checks what must hold once all was healthy for long.</summary>
    /// <exception cref="InvariantViolation">A promise is broken.</exception>
    public void AtEnd(DateTimeOffset healthySince, DateTimeOffset now)
    {
        AfterStep();
        foreach (var (symbol, ticker) in _journal.Symbols)
        {
            var state = _states[symbol];
            if (state.Blocked is { } block)
                throw new InvariantViolation(InvariantNames.NoNeedlessBlock, $"{symbol} is still blocked at the end, after the person said what is true: {block.Code}: {block.Detail}");
            if (Held(state) != Ours(ticker))
                throw new InvariantViolation(InvariantNames.Shares, $"{symbol}: by journal {Held(state)} ({state.Status}), by ledger {Ours(ticker)}");
            if (state.Status != PositionStatus.Closed && _risk.TradingState != TradingState.Stopped)
                throw new InvariantViolation(InvariantNames.Time, $"{symbol} is still {state.Status} {now - healthySince} after all was healthy: {state.Trade!.Orders[^1].Reference} is {state.Trade.Orders[^1].Status}");
            var all = _books.Held(ticker);
            if (all != Ours(ticker) + Persons(ticker))
                throw new InvariantViolation(InvariantNames.Shares, $"{ticker}: the account holds {all}, ours {Ours(ticker)} and theirs {Persons(ticker)}");
        }

        foreach (var intent in _intents.Values)
        {
            if (intent.OrderId is { } real && !IsClaimed(real))
                throw new InvariantViolation(InvariantNames.NoUnknownOrder, $"{intent.Reference} is order {real} at the venue; the journal does not have it");
        }

        foreach (var (symbol, number, _, _) in _ends)
        {
            if (!_counted.Contains((symbol, number)))
                throw new InvariantViolation(InvariantNames.Counted, $"trade {number} of {symbol} is over, and risk has not counted what it brought");
        }

        CheckCash();
        CheckTime(healthySince);
    }

    private static decimal Held(PositionState state) => state.Status == PositionStatus.Closed ? 0 : state.Trade!.Held;

    private void CheckCash()
    {
        decimal ours = 0, others = 0, journal = 0;
        foreach (var entry in _books.Ledger)
        {
            if (entry.Owner == Owner.Robot && !IsPersons(entry.OrderId))
                ours += entry.Cash;
            else
                others += entry.Cash;
        }

        foreach (var intent in _intents.Values)
        {
            var moved = intent.JournalOrderId is { } id ? _cashOf.GetValueOrDefault(id) : 0;
            if (intent.IsPersons)
                intent.JournalCash = moved;
            journal += intent.JournalCash;
            if (intent.JournalCash != moved)
                throw new InvariantViolation(InvariantNames.Cash, $"{intent.Reference} moved {moved} by the ledger, {intent.JournalCash} by the journal");
        }

        if (_books.Cash - _books.CashAtStart - others != journal || ours != journal)
            throw new InvariantViolation(InvariantNames.Cash, $"the account moved by {_books.Cash - _books.CashAtStart}, of that {others} by others; the journal has {journal}");
        foreach (var (symbol, _, result, orders) in _ends)
        {
            var moved = orders.Sum(o => o.JournalOrderId is { } id ? _cashOf.GetValueOrDefault(id) : 0);
            if (result.Net is { } net && net != moved)
                throw new InvariantViolation(InvariantNames.Cash, $"{symbol}: a trade's net is {net} by the journal, {moved} by the ledger");
        }
    }

    // From each buy's last fill to the first order that sells, once venue, reads and feed are good.
    private void CheckTime(DateTimeOffset healthySince)
    {
        foreach (var intent in _intents.Values)
        {
            if (intent.Side != OrderSide.Buy || intent.LastFillAt is not { } filled || intent.WasStopped)
                continue;
            var from = filled > healthySince ? filled : healthySince;
            var limit = _limits.MaxHold + (filled > healthySince ? _limits.SaleDelay : _limits.RecoveryDelay);
            var left = intent.LeftAt ?? DateTimeOffset.MaxValue;
            if (left - from > limit)
                throw new InvariantViolation(InvariantNames.Time, $"{intent.Reference} was filled at {filled:HH:mm:ss.fff}, all was healthy from {healthySince:HH:mm:ss.fff}, and it was left at {left:HH:mm:ss.fff}: more than {limit} later");
        }
    }
}

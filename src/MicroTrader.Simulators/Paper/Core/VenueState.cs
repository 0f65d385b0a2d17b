namespace MicroTrader.Simulators.Paper.Core;

/// <summary>The account in memory. Not safe for threads: its owner holds a lock.</summary>
internal sealed class VenueState
{
    private readonly Dictionary<long, PaperOrder> _orders = [];
    private readonly SortedDictionary<long, PaperOrder> _pending = [];
    private readonly SortedDictionary<string, PaperHolding> _holdings = new(StringComparer.Ordinal);
    private readonly Dictionary<long, PaperFill> _fills = [];
    private readonly Dictionary<long, List<long>> _fillsOfOrder = [];
    private readonly Dictionary<string, decimal> _lastFillPrice = new(StringComparer.Ordinal);
    private readonly List<HistoryEntry> _history = [];
    private readonly List<PaperTransaction> _transactions = [];
    private readonly List<PaperDividend> _dividends = [];

    public VenueState(VenueAccount account) => Account = account;

    public VenueAccount Account { get; private set; }

    /// <summary>Finished orders and their fills, oldest first.</summary>
    public IReadOnlyList<HistoryEntry> History => _history;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<PaperTransaction> Transactions => _transactions;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<PaperDividend> Dividends => _dividends;

    public IEnumerable<PaperOrder> Pending => _pending.Values;

    public IEnumerable<PaperOrder> Orders => _orders.Values.OrderBy(o => o.Id);

    public IEnumerable<PaperHolding> Holdings => _holdings.Values;

    public IEnumerable<PaperFill> Fills => _fills.Values.OrderBy(f => f.Id);

    public decimal ReservedCash => _pending.Values.Sum(o => o.ReservedCash);

    public decimal AvailableCash => Account.Cash - ReservedCash;

    public PaperOrder Order(long id) => _orders[id];

    public PaperFill Fill(long id) => _fills[id];

    public PaperOrder? PendingOrder(long id) => _pending.GetValueOrDefault(id);

    public PaperHolding? Holding(string ticker) => _holdings.GetValueOrDefault(ticker);

    public IReadOnlyList<long> FillsOf(long orderId) => _fillsOfOrder.TryGetValue(orderId, out var ids) ? ids : [];

    /// <summary>Price of the last fill: only for valuing, never for executing (it may be days old after a restart).</summary>
    public decimal? LastFillPrice(string ticker) => _lastFillPrice.TryGetValue(ticker, out var price) ? price : null;

    /// <summary>Shares that pending sells have spoken for, as a positive number.</summary>
    public decimal ReservedShares(string ticker) => _pending.Values.Where(o => o.Ticker == ticker && !o.IsBuy).Sum(o => -o.RemainingQuantity);

    /// <summary>Shares that an order may sell.</summary>
    public decimal AvailableShares(string ticker) =>
        Holding(ticker) is { } holding ? holding.Quantity - holding.QuantityInPies - ReservedShares(ticker) : 0m;

    public void Apply(VenueChange change)
    {
        Account = change.Account;
        if (change.Reset)
        {
            Clear();
        }

        if (change.Order is { } order)
        {
            _orders[order.Id] = order;
            if (order.IsPending)
            {
                _pending[order.Id] = order;
            }
            else
            {
                _pending.Remove(order.Id);
            }
        }

        if (change.Fill is { } fill)
        {
            _fills[fill.Id] = fill;
            if (fill.Type == PaperFillType.Trade)
            {
                _lastFillPrice[fill.Ticker] = fill.Price;
            }
            else
            {
                // A price of the old shares says nothing of the new ones; the average paid does.
                _lastFillPrice.Remove(fill.Ticker);
            }

            if (!_fillsOfOrder.TryGetValue(fill.OrderId, out var ids))
            {
                _fillsOfOrder[fill.OrderId] = ids = [];
            }

            ids.Add(fill.Id);
        }

        if (change.Holding is { } holding)
        {
            if (holding.Quantity == 0)
            {
                _holdings.Remove(holding.Ticker);
            }
            else
            {
                _holdings[holding.Ticker] = holding;
            }
        }

        if (change.Transaction is { } transaction)
        {
            _transactions.Add(transaction);
        }

        if (change.Dividend is { } dividend)
        {
            _dividends.Add(dividend);
        }

        _history.AddRange(change.History);
    }

    private void Clear()
    {
        _orders.Clear();
        _pending.Clear();
        _holdings.Clear();
        _fills.Clear();
        _fillsOfOrder.Clear();
        _lastFillPrice.Clear();
        _history.Clear();
        _transactions.Clear();
        _dividends.Clear();
    }
}

using System.Collections.Frozen;

namespace MicroTrader.Simulators.Paper.Core;

/// <summary>
/// The last price of each instrument, and for each account the prices that its orders wait for. Written by a feed at up to
/// hundreds of thousands of prices a second, so a write is one lookup and one uncontended lock, without allocation.
/// </summary>
internal sealed class PriceBoard
{
    /// <summary>Far above any share; keeps every product of price and quantity inside a decimal.</summary>
    public const decimal MaxPrice = 1_000_000_000m;

    private readonly FrozenDictionary<string, Cell> _cells;

    public PriceBoard(IEnumerable<PaperInstrument> instruments, int accounts = 1) =>
        _cells = instruments.ToFrozenDictionary(i => i.Ticker, _ => new Cell(accounts), StringComparer.Ordinal);

    /// <summary>Keeps a price; true when an order of some account may wait for it.</summary>
    public bool Put(string ticker, decimal price)
    {
        var cell = Find(ticker);
        if (price is <= 0 or > MaxPrice)
        {
            throw new ArgumentOutOfRangeException(nameof(price), price, $"The price of {ticker} must be above 0 and at most {MaxPrice}.");
        }

        return cell.Put(price);
    }

    public decimal? Last(string ticker) => _cells.TryGetValue(ticker, out var cell) ? cell.Read() : null;

    /// <exception cref="ArgumentException">The ticker is not an instrument of this broker.</exception>
    public void Require(string ticker) => Find(ticker);

    /// <summary>Names the prices that the orders of one account wait for. An instrument that is no longer offered has no price to wait for.</summary>
    public void Watch(int account, string ticker, PriceBand band)
    {
        if (_cells.TryGetValue(ticker, out var cell))
        {
            cell.Watch(account, band);
        }
    }

    /// <summary>Takes a split into the last price, until the feed brings one of the new shares.</summary>
    public void Split(string ticker, decimal factor) => Find(ticker).Split(factor);

    private Cell Find(string ticker) => _cells.TryGetValue(ticker, out var cell)
        ? cell
        : throw new ArgumentException($"ticker '{ticker}' is not an instrument of this paper broker.", nameof(ticker));

    // A decimal is 16 bytes and tears without the lock.
    private sealed class Cell(int accounts)
    {
        private readonly Lock _lock = new();
        private PriceBand[]? _bands;
        private PriceBand _band = PriceBand.None;
        private decimal _price;

        public bool Put(decimal price)
        {
            lock (_lock)
            {
                _price = price;
                return _band.Holds(price);
            }
        }

        public decimal? Read()
        {
            lock (_lock)
            {
                return _price == 0 ? null : _price;
            }
        }

        public void Watch(int account, PriceBand band)
        {
            lock (_lock)
            {
                if (_bands is null)
                {
                    _bands = new PriceBand[accounts];
                    Array.Fill(_bands, PriceBand.None);
                }

                _bands[account] = band;
                _band = PriceBand.None;
                foreach (var each in _bands)
                {
                    _band = _band.With(each);
                }
            }
        }

        public void Split(decimal factor)
        {
            lock (_lock)
            {
                // Four decimals as every quote; a price that falls below is unknown until the feed brings one.
                _price = Math.Min(decimal.Round(_price / factor, 4), MaxPrice);
            }
        }
    }
}

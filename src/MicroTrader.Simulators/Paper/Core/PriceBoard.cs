using System.Collections.Frozen;

namespace MicroTrader.Simulators.Paper.Core;

/// <summary>
/// The last price of each instrument. Written by a feed at up to hundreds of thousands of prices a second, so a write is
/// one lookup and one uncontended lock, without allocation.
/// </summary>
internal sealed class PriceBoard
{
    // Far above any share; keeps every product of price and quantity inside a decimal.
    private const decimal MaxPrice = 1_000_000_000m;

    private readonly FrozenDictionary<string, Cell> _cells;

    public PriceBoard(IEnumerable<PaperInstrument> instruments) =>
        _cells = instruments.ToFrozenDictionary(i => i.Ticker, static _ => new Cell(), StringComparer.Ordinal);

    /// <summary>Keeps a price; true when it is the first one of the ticker.</summary>
    public bool Put(string ticker, decimal price)
    {
        if (!_cells.TryGetValue(ticker, out var cell))
        {
            throw new ArgumentException($"ticker '{ticker}' is not an instrument of this paper broker.", nameof(ticker));
        }

        if (price is <= 0 or > MaxPrice)
        {
            throw new ArgumentOutOfRangeException(nameof(price), price, $"The price of {ticker} must be above 0 and at most {MaxPrice}.");
        }

        return cell.Put(price);
    }

    public decimal? Last(string ticker) => _cells.TryGetValue(ticker, out var cell) ? cell.Read() : null;

    // A decimal is 16 bytes and tears without the lock.
    private sealed class Cell
    {
        private readonly Lock _lock = new();
        private decimal _price;

        public bool Put(decimal price)
        {
            lock (_lock)
            {
                var first = _price == 0;
                _price = price;
                return first;
            }
        }

        public decimal? Read()
        {
            lock (_lock)
            {
                return _price == 0 ? null : _price;
            }
        }
    }
}

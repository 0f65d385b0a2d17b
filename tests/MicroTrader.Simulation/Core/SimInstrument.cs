using MicroTrader.Domain.Market;

namespace MicroTrader.Simulation.Core;

/// <summary>An instrument at the simulated venue, and what the account holds of it.</summary>
internal sealed class SimInstrument(Symbol symbol, Ticker ticker, decimal price)
{
    public Symbol Symbol { get; } = symbol;

    public Ticker Ticker { get; } = ticker;

    /// <summary>Of a share, in US dollars.</summary>
    public decimal Price { get; set; } = price;

    /// <summary>Shares on the account, whoever's.</summary>
    public decimal Held { get; set; }

    /// <summary>What the account paid for a share on average, in US dollars.</summary>
    public decimal AveragePrice { get; set; }

    /// <summary>When the first of the shares was bought, by the venue's clock.</summary>
    public DateTimeOffset OpenedAt { get; set; }

    /// <summary>Shares that pending sales have reserved.</summary>
    public decimal Reserved { get; set; }
}

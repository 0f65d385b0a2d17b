using MicroTrader.Simulators.Massive.Market;
using MicroTrader.Simulators.Massive.Wire;

namespace MicroTrader.Simulators.Massive.Rest;

/// <summary>What the data faults make of a snapshot.</summary>
internal static class SnapshotFault
{
    private static readonly TimeSpan Yesterday = TimeSpan.FromDays(-1);
    private static readonly TimeSpan Earlier = TimeSpan.FromSeconds(-5);

    /// <summary>The tickers with the fault's spoilt, where the fault is one of data.</summary>
    public static IReadOnlyList<WireTicker> Spoilt(IReadOnlyList<WireTicker> tickers, FakeMassiveFault? fault) => fault switch
    {
        null => tickers,
        { Kind: FakeMassiveFaultKind.EmptyTickers } => [],
        { Kind: FakeMassiveFaultKind.MissingSymbol } => [.. tickers.Where(t => t.Ticker != fault.Symbol)],
        _ => [.. tickers.Select(t => fault.Symbol is null || fault.Symbol == t.Ticker ? Spoilt(t, fault.Kind) : t)],
    };

    private static WireTicker Spoilt(WireTicker ticker, FakeMassiveFaultKind kind) => kind switch
    {
        FakeMassiveFaultKind.StaleStamp => Moved(ticker, Yesterday),
        FakeMassiveFaultKind.OutOfOrder => Moved(ticker, Earlier),
        FakeMassiveFaultKind.VolumeCorrection => ticker with
        {
            Day = ticker.Day with { V = ticker.Day.V / 2 },
            Min = ticker.Min with { Av = ticker.Min.Av / 2 },
        },
        FakeMassiveFaultKind.DayReset => ticker with { Day = WireBar.Zeros },
        _ when PriceFault.Of(kind) is { } change => Priced(ticker, change),
        _ => ticker,
    };

    private static WireTicker Moved(WireTicker ticker, TimeSpan by)
    {
        var nanoseconds = Stamps.Nanoseconds(by);
        return ticker with
        {
            Updated = ticker.Updated + nanoseconds,
            LastTrade = ticker.LastTrade is { } trade ? trade with { T = trade.T + nanoseconds } : null,
            LastQuote = ticker.LastQuote is { } quote ? quote with { T = quote.T + nanoseconds } : null,
            Min = ticker.Min with { T = ticker.Min.T + (long)by.TotalMilliseconds },
        };
    }

    private static WireTicker Priced(WireTicker ticker, Func<decimal, decimal?> change)
    {
        return ticker with
        {
            Day = ticker.Day with { C = Changed(ticker.Day.C) },
            Min = ticker.Min with { C = Changed(ticker.Min.C) },
            LastTrade = ticker.LastTrade is { } trade ? trade with { P = Changed(trade.P) } : null,
            LastQuote = ticker.LastQuote is { } quote ? quote with { BidPrice = Changed(quote.BidPrice), AskPrice = Changed(quote.AskPrice) } : null,
        };

        decimal? Changed(decimal? price) => price is { } known ? change(known) : null;
    }
}

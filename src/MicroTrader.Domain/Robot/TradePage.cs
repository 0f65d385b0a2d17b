namespace MicroTrader.Domain.Robot;

/// <summary>Which trades are meant.</summary>
/// <param name="Page">Which page, from 1.</param>
/// <param name="Size">Trades on a page, from 1 to <see cref="MostSize"/>.</param>
/// <param name="Symbol">Only of this symbol, in any case; null for all.</param>
/// <param name="Reason">Only left for this reason, e.g. <c>TP</c>, in any case; null for any.</param>
/// <param name="From">Only closed then or later; null for any.</param>
/// <param name="Before">Only closed before then; null for any. With it pages stay what they are while further trades end.</param>
/// <param name="Text">Only with this in the trade's name or its reason, in any case; null for any.</param>
public sealed record TradeQuery(
    int Page = 1, int Size = 100, string? Symbol = null, string? Reason = null, DateTimeOffset? From = null, DateTimeOffset? Before = null, string? Text = null)
{
    /// <summary>The most trades on a page.</summary>
    public const int MostSize = 1_000;

    /// <summary>Whether every trade is meant.</summary>
    public bool TakesAll => this is { Symbol: null, Reason: null, From: null, Before: null, Text: null };

    /// <summary>Whether a trade is meant.</summary>
    public bool Takes(TradeView trade) =>
        (Symbol is null || trade.Symbol.Equals(Symbol, StringComparison.OrdinalIgnoreCase))
        && (Reason is null || trade.CloseReason.Equals(Reason, StringComparison.OrdinalIgnoreCase))
        && !(trade.CloseTime < From)
        && !(trade.CloseTime >= Before)
        && (Text is null || trade.CloseReason.Contains(Text, StringComparison.OrdinalIgnoreCase) || TradeReference.Of(trade).Contains(Text, StringComparison.OrdinalIgnoreCase));

    /// <summary>Picks a page out of trades.</summary>
    /// <param name="trades">All of them, newest first.</param>
    public TradePage Of(IReadOnlyList<TradeView> trades)
    {
        var skip = (long)(Page - 1) * Size;
        if (TakesAll)
            return new TradePage(skip >= trades.Count ? [] : [.. trades.Skip((int)skip).Take(Size)], trades.Count, Page, Size);
        var meant = trades.Where(Takes).ToList();
        return new TradePage(skip >= meant.Count ? [] : [.. meant.Skip((int)skip).Take(Size)], meant.Count, Page, Size);
    }
}

/// <summary>A page of trades, newest first.</summary>
/// <param name="Trades">The trades.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Page">Which page, from 1.</param>
/// <param name="Size">Trades on a page.</param>
public sealed record TradePage(IReadOnlyList<TradeView> Trades, int Total, int Page, int Size);

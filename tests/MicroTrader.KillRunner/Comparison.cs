using System.Globalization;
using MicroTrader.Actors.Journal;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.KillRunner;

/// <summary>
/// Compares a journal, what the commands tell of it, and the venue's books, and names every difference. It adds up the venue's fills by itself: what the
/// robot added up is what is being examined.
/// </summary>
internal static class Comparison
{
    /// <summary>Compares.</summary>
    /// <returns>A line for each difference; none where all agree.</returns>
    public static IReadOnlyList<string> Compare(KillEvidence evidence)
    {
        var (journal, trades, positions, ledger, _) = evidence;
        var posts = evidence.Posts;
        var differences = new List<string>();
        List<Intent> intents;
        try
        {
            intents = Intents(journal, differences);
        }
        catch (JournalException e)
        {
            return [e.Message];
        }

        var fills = ledger.Fills.ToLookup(f => f.OrderId);
        Orders(intents, ledger, fills, differences);
        Trades(intents, trades, ledger.Currency, fills, differences);
        Holdings(positions, ledger, differences);
        var net = trades.Sum(t => t.Net ?? 0m);
        if (ledger.Holdings.Count == 0 && ledger.Cash != ledger.StartingCash + net)
            differences.Add(Text($"cash: {ledger.Cash} at the venue; {ledger.StartingCash} at the start and {net} of all trades make {ledger.StartingCash + net}"));
        if (posts > intents.Count)
            differences.Add(Text($"{posts} orders arrived at the venue, {intents.Count} intents are in the journal: one was sent twice, or without an intent"));
        return differences;
    }

    private static List<Intent> Intents(string journal, List<string> differences)
    {
        var intents = new Dictionary<OrderReference, Intent>();
        var tickers = new Dictionary<string, (long Trade, string Ticker)>(StringComparer.Ordinal);
        foreach (var (symbol, fact) in JournalReader.Positions(journal))
        {
            switch (fact)
            {
                case EntryIntended e:
                    tickers[symbol.Value] = (e.TradeNumber, e.Ticker.Value);
                    Add(new Intent(e.Reference, symbol.Value, e.TradeNumber, e.Ticker.Value, e.Quantity, e.At));
                    break;
                case ExitIntended e when tickers.TryGetValue(symbol.Value, out var trade):
                    Add(new Intent(e.Reference, symbol.Value, trade.Trade, trade.Ticker, -e.Quantity, e.At));
                    break;
                case ExitIntended e:
                    differences.Add($"{e.Reference}: a sell without a buy before it");
                    break;
                case OrderAccepted e:
                    Order(e.Reference, e.OrderId);
                    break;
                case OrderFound e:
                    Order(e.Reference, e.OrderId);
                    break;
                case OrderSettled e when intents.TryGetValue(e.Reference, out var intent):
                    intent.Settled = e.Fills;
                    break;
                case IOrderEvent e when !intents.ContainsKey(e.Reference):
                    differences.Add($"{e.Reference}: {e.GetType().Name} without an intent before it");
                    break;
            }
        }

        return [.. intents.Values];

        void Add(Intent intent)
        {
            if (!intents.TryAdd(intent.Reference, intent))
                differences.Add($"{intent.Reference}: intended twice");
        }

        void Order(OrderReference reference, long id)
        {
            if (intents.TryGetValue(reference, out var intent))
                intent.OrderIds.Add(id);
            else
                differences.Add(Text($"{reference}: order {id} without an intent before it"));
        }
    }

    private static void Orders(List<Intent> intents, VenueLedger ledger, ILookup<long, VenueFill> fills, List<string> differences)
    {
        var ours = ledger.Orders.Where(o => o.InitiatedFrom == "API").ToDictionary(o => o.Id);
        var byOrder = intents.SelectMany(i => i.OrderIds.Select(id => (id, i))).ToLookup(p => p.id, p => p.i);
        foreach (var order in ours.Values)
        {
            var claims = byOrder[order.Id].ToList();
            if (claims.Count == 0)
                differences.Add(Text($"order {order.Id} ({order.Quantity} x {order.Ticker}, {order.Status}, {order.CreatedAt:O}) is no intent's"));
            else if (claims.Count > 1)
                differences.Add(Text($"order {order.Id} is of {claims.Count} intents: {string.Join(", ", claims.Select(c => c.Reference))}"));
            else if (claims[0] is var intent && (intent.Ticker != order.Ticker || intent.Quantity != order.Quantity))
                differences.Add(Text($"{intent.Reference}: {intent.Quantity} x {intent.Ticker} was intended, order {order.Id} is {order.Quantity} x {order.Ticker}"));
            if (order.IsPending)
                differences.Add(Text($"order {order.Id} ({order.Quantity} x {order.Ticker}) is still {order.Status}"));
        }

        foreach (var intent in intents)
        {
            if (intent.OrderIds.Count > 1)
                differences.Add($"{intent.Reference}: has {intent.OrderIds.Count} orders: {string.Join(", ", intent.OrderIds)}");
            foreach (var id in intent.OrderIds.Where(id => !ours.ContainsKey(id)))
                differences.Add(Text($"{intent.Reference}: order {id} is none of the venue's API orders"));
            var venue = intent.OrderIds.SelectMany(id => fills[id]).ToDictionary(f => f.Id);
            var known = (intent.Settled ?? []).ToDictionary(f => f.FillId ?? 0);
            foreach (var id in venue.Keys.Union(known.Keys).Order())
            {
                var (there, here) = (venue.GetValueOrDefault(id), known.GetValueOrDefault(id));
                if (there is null || here is null || Math.Abs(there.Quantity) != here.Quantity || there.Price != here.Price || there.NetValue != here.AccountValue)
                    differences.Add(Text($"{intent.Reference}: fill {id} is {Show(there)} at the venue, {Show(here)} in the journal"));
            }
        }
    }

    private static void Trades(List<Intent> intents, IReadOnlyList<ToldTrade> trades, string currency, ILookup<long, VenueFill> fills, List<string> differences)
    {
        var told = trades.ToDictionary(t => (t.Symbol, t.TradeNumber));
        foreach (var group in intents.GroupBy(i => (i.Symbol, i.Trade)))
        {
            var name = Text($"{group.Key.Symbol} trade {group.Key.Trade}");
            var all = group.SelectMany(i => i.OrderIds).SelectMany(id => fills[id]).ToList();
            var (buys, sells) = (all.Where(f => f.Quantity > 0).ToList(), all.Where(f => f.Quantity < 0).ToList());
            var (bought, sold) = (buys.Sum(f => f.Quantity), -sells.Sum(f => f.Quantity));
            if (!told.Remove(group.Key, out var trade))
            {
                differences.Add(Text($"{name}: trades does not tell of it; the venue filled {bought} bought and {sold} sold"));
                continue;
            }

            if (bought != sold || trade.Quantity != bought)
                differences.Add(Text($"{name}: trades tells {trade.Quantity}; the venue filled {bought} bought and {sold} sold"));
            if (bought == 0 || bought != sold)
                continue;
            var (cost, proceeds) = (buys.Sum(f => f.Quantity * f.Price), -sells.Sum(f => f.Quantity * f.Price));
            Same(name, "entry price", trade.EntryPrice, Math.Round(cost / bought, 10), differences);
            Same(name, "close price", trade.ClosePrice, Math.Round(proceeds / sold, 10), differences);
            Same(name, "P&L", trade.Pnl, proceeds - cost, differences);
            Same(name, "net P&L", trade.Net, sells.Sum(f => f.NetValue) - buys.Sum(f => f.NetValue), differences);
            Same(name, "fees", trade.Fees, all.Sum(f => f.ConversionFee), differences);
            if (trade.NetCurrency != currency)
                differences.Add($"{name}: net is in {trade.NetCurrency ?? "nothing"}, the account in {currency}");
        }

        foreach (var (symbol, number) in told.Keys)
            differences.Add(Text($"{symbol} trade {number}: trades tells of it, the journal has no intent of it"));
    }

    private static void Holdings(IReadOnlyList<ToldPosition> positions, VenueLedger ledger, List<string> differences)
    {
        var held = ledger.Holdings.ToDictionary(h => h.Ticker, h => h.Quantity);
        var told = positions.GroupBy(p => p.Ticker).ToDictionary(g => g.Key, g => g.Sum(p => p.Status == "PENDING" ? 0m : p.Quantity));
        foreach (var ticker in held.Keys.Union(told.Keys).Order(StringComparer.Ordinal))
        {
            var (there, here) = (held.GetValueOrDefault(ticker), told.GetValueOrDefault(ticker));
            if (there != here)
                differences.Add(Text($"{ticker}: the venue holds {there}, positions tells {here}"));
        }
    }

    private static void Same(string trade, string what, decimal? told, decimal venue, List<string> differences)
    {
        if (told != venue)
            differences.Add(Text($"{trade}: {what} is {told?.ToString(CultureInfo.InvariantCulture) ?? "unknown"}, by the venue's fills {venue}"));
    }

    private static string Show(VenueFill? fill) => fill is null ? "missing" : Text($"{Math.Abs(fill.Quantity)} at {fill.Price}, {fill.NetValue} in all");

    private static string Show(Fill? fill) => fill is null ? "missing" : Text($"{fill.Quantity} at {fill.Price}, {fill.AccountValue} in all");

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private sealed record Intent(OrderReference Reference, string Symbol, long Trade, string Ticker, decimal Quantity, DateTimeOffset At)
    {
        public SortedSet<long> OrderIds { get; } = [];

        public IReadOnlyList<Fill>? Settled { get; set; }
    }
}

using System.Globalization;
using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Orders;

namespace MicroTrader.Backtest.Reports;

/// <summary>
/// Writes the trades as they are over: <c>trades.csv</c> with a row for each fill, as a tax return needs it, and <c>equity.csv</c> with a row for each trade.
/// Commas, points for decimals, UTC with New York's time beside it; what a spreadsheet could take for a formula does not occur.
/// </summary>
public sealed class CsvReports : IDisposable
{
    private const string Time = "yyyy-MM-ddTHH:mm:ss.fffZ";

    private readonly TextWriter _trades;
    private readonly TextWriter _equity;
    private readonly string _currency;
    private decimal _value;
    private decimal _peak;

    /// <summary>Begins both files with their heads.</summary>
    /// <param name="trades">Where the fills go; disposed with this.</param>
    /// <param name="equity">Where the equity goes; disposed with this.</param>
    /// <param name="settings">What the backtest is set to.</param>
    public CsvReports(TextWriter trades, TextWriter equity, BacktestSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _trades = trades;
        _equity = equity;
        _currency = settings.Venue.AccountCurrency;
        _value = _peak = settings.Venue.StartingCash;
        _trades.WriteLine("time_utc,time_new_york,symbol,trade,side,quantity,price,currency,value,fx_rate,account_value,account_currency,fees,fee_names,order_id,fill_id,reference,exit_reason,trade_gross,trade_net");
        _equity.WriteLine("time_utc,symbol,trade,exit_reason,gross,fees,net,equity,drawdown,currency");
    }

    /// <summary>Adds a trade that is over; an entry that came to nothing has no row.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Add(BacktestTrade trade)
    {
        ArgumentNullException.ThrowIfNull(trade);
        if (!trade.IsReal)
            return;
        foreach (var fill in trade.Fills)
            _trades.WriteLine(Row(trade, fill));
        _value += trade.Net;
        _peak = Math.Max(_peak, _value);
        var view = trade.View;
        _equity.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Utc(view.CloseTime)},{view.Symbol},{view.TradeNumber},{view.CloseReason},{Money(trade.Gross)},{Money(view.Fees ?? 0m)},{Money(trade.Net)},{Money(_value)},{Money(_peak - _value)},{_currency}"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _trades.Dispose();
        _equity.Dispose();
    }

    // The last sale of a trade carries what all of it brought, so that a column adds up.
    private static string Row(BacktestTrade trade, BacktestFill row)
    {
        var fill = row.Fill;
        var isLast = ReferenceEquals(row, trade.Fills[^1]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Utc(fill.FilledAt)},{NewYorkTime.ToNewYork(fill.FilledAt):yyyy-MM-ddTHH:mm:ss.fffzzz},{row.Symbol},{row.TradeNumber},{(row.Side == OrderSide.Buy ? "BUY" : "SELL")},{fill.Quantity:0.########},{fill.Price:0.00######},{row.Currency},{fill.Quantity * fill.Price:0.00######},{fill.FxRate:0.########},{Money(fill.AccountValue ?? 0m)},{fill.AccountCurrency},{Money(fill.Fees.Sum(f => f.Amount))},{string.Join(' ', fill.Fees.Select(f => f.Name))},{row.OrderId},{fill.FillId},{row.Reference},{(isLast ? trade.View.CloseReason : "")},{(isLast ? Money(trade.Gross) : "")},{(isLast ? Money(trade.Net) : "")}");
    }

    private static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString(Time, CultureInfo.InvariantCulture);

    private static string Money(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
}

using MicroTrader.Backtest;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Host.Configuration;

/// <summary>Makes a backtest's settings of the robot's: what a recording is traded by must not differ between the two.</summary>
internal static class BacktestPlan
{
    /// <summary>The settings of a backtest.</summary>
    /// <param name="plan">The plan of a replay.</param>
    public static BacktestSettings Make(RunPlan plan)
    {
        var o = plan.Options;
        var paper = o.Paper;
        var robot = plan.Robot([], "", paper.Currency);
        return new BacktestSettings
        {
            Symbols = symbol => Of(plan, symbol),
            Venue = new BacktestVenue
            {
                StartingCash = paper.StartingCash,
                AccountCurrency = paper.Currency,
                FillDelay = paper.FillDelay * robot.TimeScale,
                SpreadPercent = paper.SpreadPercent,
                SlippagePercent = paper.SlippagePercent,
                FeePercent = o.Backtest.FeePercent,
                FxFeePercent = o.Backtest.FxFeePercent,
                FxRate = currency => o.Backtest.FxRate ?? PaperRates.Find(currency, paper.Currency)
                    ?? throw new SettingsException($"Backtest:FxRate: missing; no rate is known of {currency}, in which the recording is priced, to {paper.Currency}, the account's currency"),
            },
            Risk = robot.Risk,
            Prices = robot.Prices,
            BrokerPrices = robot.BrokerPrices,
            // The regular session unless the gate is off: what a person backtests is meant for an account.
            Session = o.Session.Gate == SessionGateOption.Off ? null : plan.SessionRules,
            Calendar = robot.Calendar,
            EntryDeadline = robot.EntryDeadline,
            Following = robot.Following,
            Reconciliation = robot.Reconciliation,
            ReconcileInterval = robot.ReconcileInterval,
            ReconcileRetry = robot.ReconcileRetry,
            TimeScale = robot.TimeScale,
        };
    }

    // What a replay's paper broker would trade by that symbol; a symbol that it does not list in the recording's currency can be backtested all the same.
    private static PaperInstrument Instrument(RunPlan plan, Symbol symbol)
    {
        var listed = PaperInstruments.Bundled.Select(i => new Instrument(new Ticker(i.Ticker), i.ShortName, i.CurrencyCode, i.Type, i.Name)).ToList();
        return plan.Resolve(symbol, listed).Instrument is { } found
            ? PaperInstruments.Bundled.First(i => i.Ticker == found.Ticker.Value)
            : PaperInstrument.ForSymbol(symbol.Value);
    }

    private static BacktestSymbol Of(RunPlan plan, Symbol symbol)
    {
        var (momentum, exits, sizing) = plan.Of(symbol);
        var instrument = Instrument(plan, symbol);
        return new BacktestSymbol(
            momentum,
            exits ?? plan.Exits,
            sizing ?? new SizingRules { Quantity = plan.Options.Trading.Quantity, CashPerTrade = plan.Options.Trading.CashPerTrade },
            new Ticker(instrument.Ticker),
            plan.Options.Trading.Currency,
            new InstrumentLimits(instrument.QuantityDecimals, instrument.MaxOpenQuantity, instrument.ExtendedHours));
    }
}

using System.Globalization;
using System.Reflection;
using MicroTrader.Backtest.Reports;
using MicroTrader.Domain.Strategy;
using MicroTrader.MarketData;

namespace MicroTrader.Host.Configuration;

/// <summary>Says what a backtest was made of, so that it can be made again.</summary>
internal static class BacktestSources
{
    // What a recording is traded by; where the page is and who is alerted is nobody's concern who gets the report.
    private static readonly string[] Sections = ["Trading", "Strategy", "Exits", "Symbols", "Risk", "Session", "Feed", "Paper", "Backtest", "Broker", "Orders", "Reconciliation"];

    // Said by the report itself.
    private static readonly string[] SaidElsewhere = ["Feed:Kind", "Feed:Data"];

    /// <summary>What a backtest was made of.</summary>
    /// <param name="plan">What it was set to.</param>
    /// <param name="options">What was asked of the recording.</param>
    /// <param name="seen">What the recording held.</param>
    public static BacktestOrigin Of(RunPlan plan, RecordingOptions options, RecordingStatistics seen) => new(
        Version,
        [.. plan.Data],
        Rules(plan),
        Changed(plan.Options),
        options.From,
        options.To,
        new RecordedRows(seen.FilesOpened, seen.RowsRead, seen.SuspiciousRows, seen.MalformedRows, seen.OutOfOrderRows, seen.CutOffFiles));

    /// <summary>How a recording is traded, in words.</summary>
    public static string Rules(RunPlan plan)
    {
        var o = plan.Options;
        var hours = o.Session.Gate == SessionGateOption.Off ? "any time" : plan.SessionRules.RegularOnly ? "the regular session" : "extended hours";
        var size = o.Trading.CashPerTrade is { } cash ? $"{SettingText.Of(cash)} {o.Trading.Currency}" : $"{SettingText.Of(o.Trading.Quantity)} share(s)";
        var conversion = o.Paper.Currency == o.Trading.Currency ? "" : string.Create(CultureInfo.InvariantCulture, $", changing money {o.Backtest.FxFeePercent} %");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{new MomentumStrategy(plan.Momentum).Description}; {size} a trade; TP {o.Exits.TakeProfitPercent} %, SL {o.Exits.StopLossPercent} %, TIME {Duration.Describe(o.Exits.MaxHold.TotalSeconds)}; {hours}; fills after {Duration.Describe(o.Paper.FillDelay.TotalSeconds)}, spread {o.Paper.SpreadPercent} %, slippage {o.Paper.SlippagePercent} %, fees {o.Backtest.FeePercent} %{conversion}");
    }

    private static string Version => typeof(BacktestSources).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private static SortedDictionary<string, string> Changed(TraderOptions options)
    {
        var defaults = SettingsBinder.Describe(new TraderOptions()).ToDictionary(s => s.Key, SettingText.Of);
        return new SortedDictionary<string, string>(
            SettingsBinder.Describe(options)
                .Where(s => Sections.Contains(s.Key.Split(':')[0]) && !SaidElsewhere.Contains(s.Key) && !s.About.Secret && SettingText.Of(s) != defaults[s.Key])
                .ToDictionary(s => s.Key, SettingText.Of),
            StringComparer.Ordinal);
    }
}

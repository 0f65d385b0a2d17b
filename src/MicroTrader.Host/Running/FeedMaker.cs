using MicroTrader.Domain.Calendar;
using MicroTrader.Host.Configuration;
using MicroTrader.MarketData;

namespace MicroTrader.Host.Running;

/// <summary>Makes the feed that a plan names.</summary>
internal static class FeedMaker
{
    /// <summary>Makes it; nothing is asked for before it is read.</summary>
    /// <param name="plan">The plan; not of a replay.</param>
    /// <param name="contentRoot">The folder that paths are below.</param>
    /// <param name="time">The trading clock.</param>
    /// <exception cref="RecordingException">A script cannot be read.</exception>
    public static IPriceFeed Make(RunPlan plan, string contentRoot, TimeProvider time) => plan.Feed switch
    {
        FeedKind.Massive => Massive(plan, time, plan.PriceHours ?? new NyseCalendar()),
        FeedKind.Script => ScriptedFeed.Open(Path.GetFullPath(plan.Data.Single(), contentRoot), time),
        FeedKind.Synthetic => new SyntheticFeed(new SyntheticFeedOptions { Symbols = [.. plan.Symbols], Seed = plan.Options.Feed.Seed, Interval = plan.Options.Feed.Interval }, time),
        _ => throw new ArgumentOutOfRangeException(nameof(plan), plan.Feed, "no feed of its own"),
    };

    private static IPriceFeed Massive(RunPlan plan, TimeProvider time, ITradingCalendar calendar)
    {
        if (plan.Options.Massive.Transport == MassiveTransport.Rest)
            return new MassiveRestFeed(MassivePlan.Rest(plan.Options, plan.Symbols), time, calendar);
        var stream = new MassiveSocketFeed(MassivePlan.Stream(plan.Options, plan.Symbols), time, calendar);
        return plan.Options.Massive.RestWhileDown
            ? new MassiveFeed(stream, new MassiveRestFeed(MassivePlan.Rest(plan.Options, plan.Symbols), time, calendar), time)
            : stream;
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Market;
using MicroTrader.Host.Configuration;
using MicroTrader.MarketData;

namespace MicroTrader.Host.Running;

/// <summary>
/// <c>check --online</c>: asks Massive for its clock and for one snapshot, and where the stream is used for its greeting: whether the key is accepted, which symbols are
/// known, how old the prices are and whether they come late.
/// </summary>
internal sealed class FeedCheck(RunPlan plan, CheckLines lines, TimeProvider time)
{
    // After an answer its ticks are there at once; a stream has nothing to say of a symbol that does not trade.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    /// <summary>Runs the checks.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (plan.Feed != FeedKind.Massive)
        {
            lines.Good("prices", $"{plan.Feed.ToString().ToLowerInvariant()}: made up, so they have no delay");
            return;
        }

        var rest = MassivePlan.Rest(plan.Options, plan.Symbols);
        await MarketAsync(rest, cancellation);
        if (plan.Options.Massive.Transport == MassiveTransport.Rest)
        {
            await using var polls = new MassiveRestFeed(rest, time, new NyseCalendar());
            await SnapshotAsync(polls, rest, cancellation);
        }
        else
        {
            await using var stream = new MassiveSocketFeed(MassivePlan.Stream(plan.Options, plan.Symbols), time, new NyseCalendar());
            await StreamAsync(stream, cancellation);
        }
    }

    private async Task MarketAsync(MassiveRestOptions rest, CancellationToken cancellation)
    {
        using var market = new MassiveMarket(rest, time);
        try
        {
            var now = await market.NowAsync(cancellation);
            var clock = now.ServerTime is { } server
                ? string.Create(CultureInfo.InvariantCulture, $"; its clock minus this one's: {(server - time.GetUtcNow()).TotalSeconds:+0.0;-0.0;0.0} s")
                : "";
            lines.Good("market", $"{now.Market}, says {rest.BaseUrl.Host}{clock}");
        }
        catch (MassiveException e)
        {
            // Its hours are known without it.
            lines.Note("market", $"{rest.BaseUrl.Host} did not say whether it is open: {e.Message}");
        }
    }

    private async Task SnapshotAsync(MassiveRestFeed feed, MassiveRestOptions rest, CancellationToken cancellation)
    {
        var heard = await HearAsync(feed, (rest.Timeout * (rest.Retries + 1)) + TimeSpan.FromSeconds(5), cancellation);
        if (heard.Refusal is { } refusal)
        {
            lines.Bad("prices", refusal);
            return;
        }

        if (!heard.IsConnected)
        {
            lines.Bad("prices", $"{rest.BaseUrl.Host} did not answer{(heard.Last is { } last ? $": {last}" : "")}; look at Massive:BaseUrl and the network");
            return;
        }

        lines.Good("prices", $"the key is accepted by {rest.BaseUrl.Host}");
        foreach (var symbol in plan.Symbols)
        {
            if (heard.Ticks.TryGetValue(symbol, out var tick))
                Price(tick);
            else
                lines.Bad($"price {symbol}", $"{rest.BaseUrl.Host} has none: the symbol is not known there, or has not traded yet today");
        }

        Lateness(heard);
    }

    private async Task StreamAsync(MassiveSocketFeed feed, CancellationToken cancellation)
    {
        var host = MassivePlan.Stream(plan.Options, plan.Symbols).Url.Host;
        var heard = await HearAsync(feed, (plan.Options.Massive.Timeout * 3) + TimeSpan.FromSeconds(5), cancellation);
        if (heard.Refusal is { } refusal)
            lines.Bad("prices", refusal);
        else if (!heard.IsConnected)
            lines.Bad("prices", $"the stream at {host} did not answer{(heard.Last is { } last ? $": {last}" : "")}; look at Massive:StreamUrl and the network");
        else
            lines.Good("prices", $"the key is accepted by the stream at {host}");
        foreach (var tick in heard.Ticks.Values.OrderBy(t => t.Symbol.Value, StringComparer.Ordinal))
            Price(tick);
        foreach (var text in heard.Warnings)
            lines.Note("prices", text);
        Lateness(heard);
    }

    private void Price(in Tick tick)
    {
        var age = Math.Max(0, (time.GetUtcNow() - tick.Time).TotalSeconds);
        var basis = tick.Basis switch
        {
            PriceBasis.Bar => "the last minute's close",
            PriceBasis.QuoteMiddle => "the middle of the quote",
            _ => "the last trade",
        };
        lines.Good($"price {tick.Symbol}", string.Create(CultureInfo.InvariantCulture, $"{tick.Price} ({basis}), {age:0} s old"));
    }

    private void Lateness(Heard heard)
    {
        if (!heard.IsConnected)
            return;
        if (!heard.IsLate && !MassivePlan.IsDelayed(plan.Options))
        {
            lines.Good("delay", heard.Ticks.IsEmpty ? "no price came that could be late" : "none is seen");
            return;
        }

        var words = "prices come late: nothing is left by TP or SL on them" + (plan.Options.Feed.AcceptDelayedPrices ? "" : ", and nothing is entered (Feed:AcceptDelayedPrices); a plan with real-time data gives them at once");
        if (plan.Mode == RunMode.Live && !plan.Options.Feed.AcceptDelayedPrices)
            lines.Bad("delay", words);
        else
            lines.Note("delay", words);
    }

    private async Task<Heard> HearAsync(IPriceFeed feed, TimeSpan patience, CancellationToken cancellation)
    {
        var heard = new Heard();
        feed.Noted += heard.Take;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = ReadAsync(feed, heard, stop.Token);
        // What the first answer brings comes with it; a source that refuses ends the reading.
        await Task.WhenAny(reading, heard.Connected, Task.Delay(patience, time, cancellation));
        if (heard.IsConnected)
            await Task.WhenAny(reading, Task.Delay(Moment, time, cancellation));
        await stop.CancelAsync();
        await reading;
        cancellation.ThrowIfCancellationRequested();
        return heard;
    }

    private static async Task ReadAsync(IPriceFeed feed, Heard heard, CancellationToken stop)
    {
        try
        {
            await foreach (var tick in feed.ReadAsync(stop))
                heard.Ticks[tick.Symbol] = tick;
        }
        catch (FeedRefusedException e)
        {
            heard.Refusal = e.Message;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What there was to hear was heard.
        }
    }

    private sealed class Heard
    {
        private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentDictionary<Symbol, Tick> Ticks { get; } = [];

        public ConcurrentQueue<string> Warnings { get; } = [];

        public string? Refusal { get; set; }

        public string? Last => Warnings.LastOrDefault();

        public bool IsLate { get; private set; }

        public Task Connected => _connected.Task;

        public bool IsConnected => _connected.Task.IsCompleted;

        // On the feed's own threads.
        public void Take(FeedNote note)
        {
            if (note is { Kind: FeedNoteKind.Delayed, IsWarning: true })
                IsLate = true;
            if (note.IsWarning)
                Warnings.Enqueue(note.Text);
            if (note.Kind == FeedNoteKind.Connected)
                _connected.TrySetResult();
        }
    }
}

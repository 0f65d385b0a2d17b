using Akka.Actor;
using MicroTrader.Actors.Journal;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Actors.Tests.Support;

/// <content>Prices, time and what is seen.</content>
internal sealed partial class RobotHarness
{
    public const int UsualRestMs = 10_000;

    // How long nothing need happen before a condition is looked at again.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);

    // How long a wait may last by the wall clock before the test fails.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long rest is waited for, in milliseconds of the wall's clock. A test in which something is under way that only the trading clock, or the robot's
    /// end, can end sets it to less. Each start of the robot sets it back.
    /// </summary>
    public int MostRestMs { get; set; } = UsualRestMs;

    /// <summary>Completes when nothing is under way; also, after a moment, while something is that only time can end. In real time there is no rest to wait for.</summary>
    public async Task RestAsync()
    {
        if (_pump is not { } pump)
            return;
        using var moment = new CancellationTokenSource(MostRestMs);
        var rest = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var late = moment.Token.Register(() => rest.TrySetResult());
        pump.OnIdle(() =>
        {
            pump.OnIdle(null);
            rest.TrySetResult();
            return Timeout.InfiniteTimeSpan;
        });
        await rest.Task;
        pump.OnIdle(null);
    }

    /// <summary>
    /// Completes when something has happened and all is at rest again, so that a condition is worth another look; at the latest after a moment of the wall's clock,
    /// for a file, the venue or a log line can make it true as well.
    /// </summary>
    private async Task SomethingAsync()
    {
        if (_pump is not { } pump)
        {
            using var moment = new PeriodicTimer(Moment, Time);
            await moment.WaitForNextTickAsync();
            return;
        }

        var happened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isLooked = false;
        pump.OnIdle(() =>
        {
            // Called at rest, and again at the rest after what happens next.
            if (isLooked)
                happened.TrySetResult();
            isLooked = true;
            return Timeout.InfiniteTimeSpan;
        });
        using var late = new CancellationTokenSource(Moment);
        using var cut = late.Token.Register(() => happened.TrySetResult());
        await happened.Task;
        pump.OnIdle(null);
    }

    /// <summary>
    /// Waits until entries may be granted. Journals are read while the clock stands still; it moves only where nothing but the broker's answer is missing,
    /// which refuses a second read within its limits. Reading a journal is not counted as under way: rest is what follows the first answer by which all
    /// of them are read, for the broker may have been asked only just before that answer.
    /// </summary>
    public async Task UntilReadyAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        var journalsWereRead = false;
        while (true)
        {
            await RestAsync();
            RobotStatus status;
            try
            {
                status = await Robot.StatusAsync(default);
            }
            catch (TimeoutException) when (!deadline.IsCancellationRequested)
            {
                // A machine that is busy with other tests may take longer than a person would wait.
                continue;
            }

            if (status.Ready)
                return;
            if (deadline.IsCancellationRequested)
                Assert.Fail($"not ready: {string.Join(", ", status.WaitingFor)}\n{Story()}");
            var journalsAreRead = status.WaitingFor is ["reconciliation"];
            if (!journalsAreRead)
                await SomethingAsync();
            else if (journalsWereRead && Time is MarketData.VirtualTimeProvider clock)
                clock.FireNext(Now + TimeSpan.FromMinutes(2));
            journalsWereRead = journalsAreRead;
        }
    }

    /// <summary>Moves the clock from timer to timer, with rest between, until a condition holds.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition, string what, TimeSpan? within = null)
    {
        var limit = Now + (within ?? TimeSpan.FromMinutes(3));
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            await RestAsync();
            if (await condition())
                return;
            if (Time is MarketData.VirtualTimeProvider clock && clock.FireNext(limit))
                continue;
            if (deadline.IsCancellationRequested)
                Assert.Fail($"waited in vain for: {what}; at {Now:O}\n{Story()}");
            await SomethingAsync();
        }
    }

    public Task UntilAsync(Func<bool> condition, string what, TimeSpan? within = null) => UntilAsync(() => Task.FromResult(condition()), what, within);

    /// <summary>Waits by the wall clock alone: the trading clock stands still.</summary>
    public async Task EventuallyAsync(Func<Task<bool>> condition, string what)
    {
        using var deadline = new CancellationTokenSource(Patience);
        using var pace = new PeriodicTimer(Moment);
        while (!await condition())
        {
            if (deadline.IsCancellationRequested)
                Assert.Fail($"waited in vain for: {what}; at {Now:O}\n{Story()}");
            await pace.WaitForNextTickAsync();
        }
    }

    public Task EventuallyAsync(Func<bool> condition, string what) => EventuallyAsync(() => Task.FromResult(condition()), what);

    /// <summary>Moves the clock on, firing each timer at its time, with rest after each.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        var to = Now + by;
        await RestAsync();
        while (Clock.FireNext(to))
            await RestAsync();
        Clock.AdvanceTo(to);
        await RestAsync();
    }

    /// <summary>A price: the venue knows it first, then the robot.</summary>
    public async Task TickAsync(string symbol, decimal price, decimal volume = 100m)
    {
        Broker.PutPrice(Ticker(symbol).Value, price);
        Supervisor.Tell(new Tick(Symbol.Parse(symbol), TickKind.Trade, Now, price, volume), ActorRefs.NoSender);
        await RestAsync();
    }

    /// <summary>Fills the window with quiet, then a burst whose last price is given: the strategy enters on it.</summary>
    public async Task SignalAsync(string symbol = "AXSM", decimal at = 157.50m)
    {
        var step = Math.Round(at * 0.0005m, 2);
        for (var i = 0; i < 12; i++)
            await StepAsync(at - (3 * step), 100m);
        await StepAsync(at - (2 * step), 200m);
        await StepAsync(at - step, 300m);
        await StepAsync(at, 500m);

        async Task StepAsync(decimal price, decimal volume)
        {
            if (Time is MarketData.VirtualTimeProvider)
                await AdvanceAsync(TimeSpan.FromMilliseconds(20));
            await TickAsync(symbol, price, volume);
        }
    }

    /// <summary>Signals, and waits until the position is OPEN.</summary>
    public async Task OpenAsync(string symbol = "AXSM", decimal at = 157.50m)
    {
        await SignalAsync(symbol, at);
        await UntilStatusAsync(PositionStatus.Open, symbol);
    }

    public Task UntilStatusAsync(PositionStatus status, string symbol = "AXSM", TimeSpan? within = null) =>
        UntilAsync(() => State(symbol).Status == status, $"{symbol} is {status}", within);

    public Task UntilOrderAsync(OrderStatus status, OrderSide side, string symbol = "AXSM", TimeSpan? within = null) =>
        UntilAsync(() => State(symbol).Trade?.Orders.LastOrDefault(o => o.Side == side)?.Status == status, $"{symbol}'s {side} is {status}", within);

    /// <summary>The position, as the journal tells it.</summary>
    public PositionState State(string symbol = "AXSM") =>
        JournalReader.Fold(JournalPath).Positions.GetValueOrDefault(Symbol.Parse(symbol)) ?? PositionState.Empty(Symbol.Parse(symbol));

    public IReadOnlyList<IPositionEvent> Facts(string symbol = "AXSM") =>
        [.. JournalReader.Positions(JournalPath).Where(f => f.Symbol.Value == symbol).Select(f => f.Fact)];

    public IReadOnlyList<TradeView> Trades => JournalReader.Fold(JournalPath).Trades;

    public async Task<ActorReport> ReportAsync(string actor) =>
        (await Robot.InspectAsync(default)).Single(r => r.Actor.Contains($"/{actor}", StringComparison.Ordinal));

    /// <summary>The venue's side of the promise: so many orders came, and what was bought is sold.</summary>
    public void AssertVenue(long posts, int buys, int sells, string symbol = "AXSM", decimal left = 0m)
    {
        var ledger = Broker.ReadLedger();
        var ticker = Ticker(symbol).Value;
        Assert.Equal(posts, Broker.PostsReceived);
        Assert.Equal(buys, ledger.Orders.Count(o => o.Ticker == ticker && o.Quantity > 0));
        Assert.Equal(sells, ledger.Orders.Count(o => o.Ticker == ticker && o.Quantity < 0));
        Assert.Equal(left, ledger.Fills.Where(f => f.Ticker == ticker).Sum(f => f.Quantity));
        Assert.Equal(left, ledger.Holdings.Where(h => h.Ticker == ticker).Sum(h => h.Quantity));
        Assert.DoesNotContain(ledger.Orders, o => o.IsPending);
    }

    public static Ticker Ticker(string symbol) => HarnessOptions.Traded(symbol).Instrument.Ticker;

    public string Story() => string.Join('\n', Logs.Lines.TakeLast(60).Select(l => $"{l.Level} {l.Category.Split('.')[^1]}: {l.Message}{(l.Exception is null ? "" : $" !! {l.Exception}")}"));
}

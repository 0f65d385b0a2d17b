using System.CommandLine;
using System.Globalization;
using MicroTrader.Domain.Robot;
using MicroTrader.Host.Api;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Running;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MicroTrader.Host.Cli;

/// <summary><c>watch</c>: the running robot, live in the terminal; as a line each time where a program or a file takes the output.</summary>
internal static class WatchCommand
{
    /// <summary>The command.</summary>
    public static Command Make(TextWriter output, Terminal terminal)
    {
        var command = new Command("watch", "Shows the running robot live: how it stands, its positions and symbols; Ctrl+C ends the watching, not the robot");
        var every = new Option<string?>("--every") { Description = "Between two looks, e.g. 500ms or 2s; 1s where it is not said", HelpName = "duration" };
        var watchFor = new Option<string?>("--for") { Description = "Ends by itself after this long", HelpName = "duration" };
        var line = new RobotLine();
        command.Options.Add(every);
        command.Options.Add(watchFor);
        line.AddTo(command, json: false);
        command.SetAction(async (parsed, stop) =>
        {
            var interval = Span("--every", parsed.GetValue(every)) ?? TimeSpan.FromSeconds(1);
            var limit = Span("--for", parsed.GetValue(watchFor));
            using var client = new RobotCaller();
            var robot = await line.FindAsync(client, parsed, stop);
            using var signals = new StopSignals(static _ => { }, ended: null);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, signals.Token);
            if (limit is { } longest)
                end.CancelAfter(longest);
            if (terminal.Screen is { } screen)
                await screen.Live(new Text("...")).AutoClear(false).StartAsync(live => LoopAsync(client, robot, interval, seen => live.UpdateTarget(Draw(seen)), end.Token));
            else
                await LoopAsync(client, robot, interval, seen => output.WriteLine(Line(seen)), end.Token);
            return ExitCodes.Ok;
        });
        return command;
    }

    /// <summary>Looks again and again. A robot that does not answer is shown so, and asked again: it may be starting anew.</summary>
    internal static async Task LoopAsync(RobotCaller client, Uri robot, TimeSpan interval, Action<Seen> show, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                var status = await client.AskAsync(robot, HttpMethod.Get, "status", HostJson.Default.RobotStatus, end);
                var positions = await client.AskAsync(robot, HttpMethod.Get, "positions", HostJson.Default.IReadOnlyListPositionView, end);
                var symbols = await client.AskAsync(robot, HttpMethod.Get, "symbols", HostJson.Default.IReadOnlyListSymbolView, end);
                show(new Seen(TimeProvider.System.GetUtcNow(), status, positions, symbols, null));
            }
            catch (StartException e)
            {
                show(new Seen(TimeProvider.System.GetUtcNow(), null, [], [], e.Message));
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                // Enough was seen.
                return;
            }

            await Task.Delay(interval, TimeProvider.System, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>What is seen, as a picture.</summary>
    internal static IRenderable Draw(Seen seen)
    {
        if (seen.Status is not { } status)
            return Screens.Text($"{Time(seen.At)}  {seen.Problem}", "bold red");
        var rows = new List<IRenderable>
        {
            new Columns(Screens.Mode(status.Mode), Screens.Text(Head(seen, status))) { Expand = false },
            Screens.Positions(seen.Positions, Prices(seen)),
            Screens.Symbols(seen.Symbols, seen.At),
        };
        rows.AddRange(Silent(seen).Where(s => s.IsHeld).Select(s => Screens.Text(Words(s), "bold red")));
        if (status.Shared is { } shared)
            rows.Add(Screens.Text($"NEEDS YOU  account SHARED: {shared.Detail}", "bold red"));
        rows.AddRange(status.Blocked.Select(b => Screens.Text($"NEEDS YOU  {b.Symbol} {b.Code}: {b.Detail}", "bold red")));
        return new Rows(rows);
    }

    /// <summary>What is seen, in a line.</summary>
    internal static string Line(Seen seen) => seen.Status is { } status
        ? string.Join("  |  ", seen.Positions.Select(p => Position(p, Prices(seen).GetValueOrDefault(p.Symbol))).Concat(Silent(seen).Select(Words)).Concat(status.NeedsYou.Select(n => $"NEEDS YOU {n}")).Prepend($"{Head(seen, status)}  {status.Mode}"))
        : $"{Time(seen.At)}  {seen.Problem}";

    // What is traded or held and has no price that tells about now, as far as the robot says so itself: this clock may not be its own.
    private static IEnumerable<PriceStanding> Silent(Seen seen)
    {
        var wellBySelf = seen.Symbols.Where(s => s.Prices is not (PriceWords.Stale or PriceWords.Late)).Select(s => s.Symbol).ToHashSet(StringComparer.Ordinal);
        return PriceStandings.Of(seen.Symbols, seen.Positions, seen.At).Where(s => s.IsBlind && !wellBySelf.Contains(s.Symbol));
    }

    private static string Words(PriceStanding standing) => $"NO PRICE {PriceStandings.Words(standing)}{(standing.IsHeld ? ", and held" : "")}";

    private static string Head(Seen seen, RobotStatus status)
    {
        var today = status.Risk is { DayPnl: { } pnl, Currency: var currency } ? string.Create(CultureInfo.InvariantCulture, $", today {pnl:+0.00;-0.00;0.00} {currency}") : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{Time(seen.At)}  {status.TradingState}{(status.Ready ? "" : $", waiting for {string.Join(", ", status.WaitingFor)}")}, {status.OpenPositions} open{today}");
    }

    private static string Position(PositionView p, decimal? last)
    {
        var gain = p.GainAt(last) is { } g ? string.Create(CultureInfo.InvariantCulture, $" {g.Amount:+0.00;-0.00;0.00} {p.Currency}{(g.IsProvisional ? " provisional" : "")}") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{p.Symbol} {p.Status} x {p.Quantity:0.########}{(p.EntryPrice is { } entry ? string.Create(CultureInfo.InvariantCulture, $" at {entry:0.00##}") : "")}{gain}{Limits(p)}");
    }

    private static string Limits(PositionView p) => p switch
    {
        { Blocked: not null } or { ExitReason: not null } => "",
        { TakeProfitPrice: { } profit, StopLossPrice: { } loss, TimeAt: { } due } =>
            string.Create(CultureInfo.InvariantCulture, $" (TP {profit:0.00##}, SL {loss:0.00##}, TIME {Time(due)})"),
        { TimeAt: { } due } => $" (no feed: TIME {Time(due)} alone)",
        _ => "",
    };

    private static Dictionary<string, decimal?> Prices(Seen seen) => seen.Symbols.ToDictionary(s => s.Symbol, s => s.LastPrice);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static TimeSpan? Span(string option, string? text)
    {
        if (text is null)
            return null;
        return Duration.TryParse(text, out var span) && span >= TimeSpan.FromMilliseconds(100) && span < TimeSpan.FromDays(40)
            ? span
            : throw new SettingsException($"{option}: '{text}' is not allowed; allowed is {Duration.Forms}, at least 100ms, at most 40 days");
    }

    /// <summary>The robot at a moment.</summary>
    /// <param name="At">When it was looked at.</param>
    /// <param name="Status">How it stands; null where it did not answer.</param>
    /// <param name="Positions">What is held.</param>
    /// <param name="Symbols">What is watched.</param>
    /// <param name="Problem">Why there is no answer; null where there is one.</param>
    internal sealed record Seen(DateTimeOffset At, RobotStatus? Status, IReadOnlyList<PositionView> Positions, IReadOnlyList<SymbolView> Symbols, string? Problem);
}

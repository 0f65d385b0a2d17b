using Akka.Actor;
using MicroTrader.Actors.Diagnostics;
using MicroTrader.Actors.Journal;
using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;
using Resolution = MicroTrader.Domain.Positions.Resolution;

namespace MicroTrader.Actors;

/// <summary>What a robot is, as far as it does not change while it runs.</summary>
/// <param name="Mode">SIM, PRACTICE, LIVE or REPLAY.</param>
/// <param name="Feed">Where prices come from.</param>
/// <param name="Venue">Where orders go.</param>
/// <param name="Account">The account's number.</param>
/// <param name="Journal">The journal's file.</param>
/// <param name="StartedAt">When the host started.</param>
/// <param name="Exits">When positions are left; null where it is not said.</param>
public sealed record RobotIdentity(string Mode, string Feed, string Venue, string Account, string Journal, DateTimeOffset StartedAt, ExitView? Exits = null);

/// <summary>The edge of the actor system: pages, control API and command line ask here. Every question has a time-out.</summary>
/// <param name="supervisor">The robot.</param>
/// <param name="identity">What does not change.</param>
/// <param name="metrics">What is measured.</param>
/// <param name="time">The trading clock; the system's where none is given.</param>
public sealed class RobotClient(IActorRef supervisor, RobotIdentity identity, RobotMetrics metrics, TimeProvider? time = null) : IRobotQueries, IRobotCommands
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SweepPatience = TimeSpan.FromSeconds(90);

    private volatile RiskView? _known;

    /// <inheritdoc/>
    public DateTimeOffset Now => _time.GetUtcNow();

    /// <inheritdoc/>
    public async Task<RobotStatus> StatusAsync(CancellationToken cancellation)
    {
        var risk = await RiskAsync(cancellation);
        var ledger = await AskAsync<LedgerView>(supervisor, new DescribeLedger(0), cancellation);
        var symbols = await SymbolsAsync(cancellation);
        return new RobotStatus(
            identity.Mode,
            identity.Feed,
            identity.Venue,
            identity.Account,
            identity.Journal,
            identity.StartedAt,
            Environment.ProcessId,
            risk.State.ToString(),
            risk.Reason,
            risk.NotReady.Count == 0,
            risk.NotReady,
            ledger.Positions.Count,
            risk.Denials,
            ledger.Blocked,
            metrics.ReconciledAt,
            metrics.ReconciliationAge?.TotalSeconds,
            risk.Summary,
            PriceSummary.Of(symbols),
            identity.Exits,
            risk.Shared);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PositionView>> PositionsAsync(CancellationToken cancellation) =>
        (await AskAsync<LedgerView>(supervisor, new DescribeLedger(0), cancellation)).Positions;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TradeView>> TradesAsync(int most, CancellationToken cancellation) =>
        (await AskAsync<LedgerView>(supervisor, new DescribeLedger(most), cancellation)).Trades;

    /// <inheritdoc/>
    public Task<TradePage> TradePageAsync(TradeQuery query, CancellationToken cancellation) => AskAsync<TradePage>(supervisor, new DescribeTrades(query), cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OrderView>> OrdersAsync(int most, CancellationToken cancellation) =>
        (await AskAsync<OrderList>(supervisor, new DescribeOrders(most), cancellation)).Orders;

    /// <inheritdoc/>
    public Task<AccountView> AccountAsync(CancellationToken cancellation) => AskAsync<AccountView>(supervisor, new DescribeAccount(), cancellation);

    /// <inheritdoc/>
    public Task<BrokerView> BrokerAsync(CancellationToken cancellation) => AskAsync<BrokerView>(supervisor, new DescribeBroker(), cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SymbolView>> SymbolsAsync(CancellationToken cancellation)
    {
        var list = await AskAsync<SymbolList>(supervisor, new ListSymbols(), cancellation);
        var views = await Task.WhenAll(list.Strategies.Select(s => AskAsync<SymbolView>(s, new DescribeSymbol(), cancellation)));
        return [.. views.OrderBy(v => v.Symbol, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public Task<ExplainAnswer> ExplainAsync(string reference, CancellationToken cancellation) =>
        Task.Run(() => JournalReader.Explain(identity.Journal, reference), cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ActorReport>> InspectAsync(CancellationToken cancellation)
    {
        var list = await AskAsync<ActorList>(supervisor, new ListActors(), cancellation);
        return await Task.WhenAll(list.Actors.Select(a => ReportAsync(a, cancellation)));
    }

    /// <inheritdoc/>
    public Task<CommandResult> SetTradingStateAsync(TradingState state, string reason, CancellationToken cancellation) =>
        AskAsync<CommandResult>(supervisor, new SetTradingState(state, reason), cancellation);

    /// <inheritdoc/>
    public Task<CommandResult> CloseAsync(Symbol symbol, CancellationToken cancellation) =>
        AskAsync<CommandResult>(supervisor, new ClosePosition(symbol, ExitReason.Close), cancellation);

    /// <inheritdoc/>
    public Task<CommandResult> ResolveAsync(Symbol symbol, Resolution choice, long? orderId, bool confirmed, CancellationToken cancellation) =>
        AskAsync<CommandResult>(supervisor, new ResolvePosition(symbol, choice, orderId, confirmed), cancellation);

    /// <inheritdoc/>
    public async Task<CommandResult> ReconcileAsync(CancellationToken cancellation)
    {
        try
        {
            // The broker allows six reads of its history in a minute: it may take that long.
            return await supervisor.Ask<CommandResult>(new ReconcileNow(), SweepPatience, cancellation);
        }
        catch (AskTimeoutException)
        {
            return new CommandResult(false, $"the comparison is not through after {SweepPatience.TotalSeconds} s; the log says when it is");
        }
    }

    /// <inheritdoc/>
    public async Task<CommandResult> FlattenAsync(CancellationToken cancellation)
    {
        // No entry may slip in behind the closing: the state first, and only when it is in the journal.
        var set = await AskAsync<CommandResult>(supervisor, new SetTradingState(TradingState.ExitOnly, "flatten"), cancellation);
        return set.Done ? await AskAsync<CommandResult>(supervisor, new CloseAll(ExitReason.Flatten), cancellation) : set;
    }

    /// <summary>Tells the robot that the host is about to stop: no entries from now on, until it stops. Not journalled.</summary>
    public Task<CommandResult> DrainAsync(CancellationToken cancellation) => AskAsync<CommandResult>(supervisor, new Drain(), cancellation);

    // While the journal refuses, risk is away, and that is just when a person looks: what was last known of it stands then, and that it is missing is said.
    private async Task<RiskView> RiskAsync(CancellationToken cancellation)
    {
        try
        {
            return _known = await AskAsync<RiskView>(supervisor, new DescribeRisk(), cancellation);
        }
        catch (TimeoutException e) when (_known is { } known)
        {
            return known with { NotReady = [.. known.NotReady, $"risk ({e.Message})"] };
        }
    }

    private static async Task<ActorReport> ReportAsync(IActorRef actor, CancellationToken cancellation)
    {
        try
        {
            return await AskAsync<ActorReport>(actor, new Report(), cancellation);
        }
        catch (TimeoutException)
        {
            return new ActorReport(actor.Path.ToStringWithoutAddress(), new Dictionary<string, string> { ["state"] = $"no answer within {Patience.TotalSeconds} s" });
        }
    }

    private static async Task<T> AskAsync<T>(IActorRef actor, object question, CancellationToken cancellation)
    {
        try
        {
            return await actor.Ask<object>(question, Patience, cancellation) switch
            {
                T answer => answer,
                // An actor that is away says so, whatever it was asked.
                CommandResult { Done: false } away => throw new TimeoutException(away.Message),
                var other => throw new InvalidOperationException($"{other.GetType().Name} is no answer to {question.GetType().Name}"),
            };
        }
        catch (AskTimeoutException e)
        {
            throw new TimeoutException($"the robot did not answer within {Patience.TotalSeconds} s", e);
        }
    }
}

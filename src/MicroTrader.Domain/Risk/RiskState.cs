using System.Collections.Immutable;
using MicroTrader.Domain.Market;

namespace MicroTrader.Domain.Risk;

/// <summary>A fact of risk. Facts are journalled and kept for ever.</summary>
public interface IRiskEvent
{
    /// <summary>When, by the robot's clock.</summary>
    DateTimeOffset At { get; }
}

/// <summary>What the robot may do has changed.</summary>
/// <param name="State">The new state.</param>
/// <param name="Reason">Who or what changed it.</param>
/// <param name="At">When.</param>
public sealed record TradingStateChanged(TradingState State, string Reason, DateTimeOffset At) : IRiskEvent;

/// <summary>What a symbol takes of the cap on open positions.</summary>
/// <param name="LeaseUntil">Granted, not used yet: until when; null for a position that exists.</param>
/// <param name="Question">The number of the question that the lease answered; 0 for a position that exists.</param>
public sealed record Exposure(DateTimeOffset? LeaseUntil, long Question = 0);

/// <summary>What risk decides on.</summary>
/// <param name="TradingState">What the robot may do; journalled.</param>
/// <param name="Reason">Who or what set it; journalled.</param>
/// <param name="Since">When it was set; null before the first change.</param>
/// <param name="Exposures">What takes a place under the cap; gathered anew at each start from the positions' own journals.</param>
/// <param name="NotReady">What must happen before the first grant; empty when nothing.</param>
/// <param name="Draining">The host is about to stop: no entries. Not journalled.</param>
public sealed record RiskState(
    TradingState TradingState,
    string Reason,
    DateTimeOffset? Since,
    ImmutableDictionary<Symbol, Exposure> Exposures,
    ImmutableHashSet<string> NotReady,
    bool Draining)
{
    /// <summary>Risk without a past: active once it is ready.</summary>
    public static RiskState Initial { get; } = new(TradingState.Active, "start", null, ImmutableDictionary<Symbol, Exposure>.Empty, [], false);

    /// <summary>Applies one journalled fact.</summary>
    /// <exception cref="InvalidOperationException">The kind of fact is not known.</exception>
    public RiskState Apply(IRiskEvent @event) => @event switch
    {
        TradingStateChanged e => this with { TradingState = e.State, Reason = e.Reason, Since = e.At },
        _ => throw new InvalidOperationException($"risk: {@event.GetType().Name} is no fact of risk"),
    };
}

namespace MicroTrader.Simulators.Massive;

/// <summary>A connection of the stream.</summary>
/// <param name="Id">Its number, from 1 in the order of arrival.</param>
/// <param name="IsOpen">Whether it is still there.</param>
/// <param name="IsAuthenticated">Whether its key was accepted.</param>
/// <param name="Subscriptions">What it has subscribed to now (at its end, where it is over), for example <c>T.AXSM</c> and <c>A.*</c>, in alphabetical order.</param>
/// <param name="MessagesSent">Messages with data that were handed to the connection whole, broken ones included.</param>
/// <param name="EventsSent">Events in them, by <c>ev</c>.</param>
/// <param name="WasTooSlow">Whether it was cut because it read too slowly.</param>
public sealed record FakeConnection(
    int Id,
    bool IsOpen,
    bool IsAuthenticated,
    IReadOnlyList<string> Subscriptions,
    long MessagesSent,
    IReadOnlyDictionary<string, long> EventsSent,
    bool WasTooSlow);

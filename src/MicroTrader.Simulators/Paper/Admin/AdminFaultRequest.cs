using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Paper.Admin;

/// <summary>
/// The body of POST /admin/faults:
/// <c>{"fault":"StatusBefore","endpoint":"PlaceMarketOrder","status":503,"rate":0.1,"forSeconds":60,"account":10000001}</c>.
/// <list type="bullet">
/// <item><c>fault</c>: a <see cref="PaperFaultKind"/> for requests; <c>OrderCancelled</c>, <c>OrderRejected</c>, <c>OrderDelayed</c>,
/// <c>OrderPartialThenCancelled</c> or <c>OrderInTwoPieces</c> for accepted orders; <c>FrozenPositions</c>,
/// <c>FrozenPendingOrders</c> or <c>HistoryLag</c> for reads.</item>
/// <item><c>endpoint</c>: a <see cref="PaperEndpoint"/>; left out, all of them. Request faults only.</item>
/// <item><c>status</c>: 400 to 599, with StatusBefore and StatusAfter. <c>delaySeconds</c>: with the delays and HistoryLag.
/// <c>fraction</c>: above 0 and below 1, with the partial fills.</item>
/// <item>How often: <c>times</c> (1 where nothing is said), or <c>rate</c> (0 to 1), or <c>forSeconds</c> (every time until then), or
/// <c>rate</c> and <c>forSeconds</c>. FrozenPositions, FrozenPendingOrders and
/// HistoryLag take <c>forSeconds</c> only, and last until cleared without it.</item>
/// <item><c>account</c>: left out, the first.</item>
/// </list>
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AdminFaultRequest
{
    public string? Fault { get; init; }

    public string? Endpoint { get; init; }

    public int? Status { get; init; }

    public double? DelaySeconds { get; init; }

    public decimal? Fraction { get; init; }

    public int? Times { get; init; }

    public double? Rate { get; init; }

    public double? ForSeconds { get; init; }

    public long? Account { get; init; }
}

using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Massive.Admin;

/// <summary>
/// The body of POST /admin/faults:
/// <c>{"fault":"Status","place":"Snapshot","status":429,"retryAfterSeconds":30,"retryAfterAsDate":true,"times":2}</c>.
/// <list type="bullet">
/// <item><c>fault</c>: a <see cref="FakeMassiveFaultKind"/>; <c>place</c>: a <see cref="FakeMassivePlace"/>.</item>
/// <item><c>status</c>, <c>retryAfterSeconds</c> and <c>retryAfterAsDate</c> with Status; <c>delaySeconds</c> with Delay; <c>symbol</c> with the faults of data.</item>
/// <item>How often: <c>times</c> (1 where nothing is said), or <c>untilCleared</c>.</item>
/// </list>
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AdminMassiveFaultRequest
{
    public FakeMassiveFaultKind? Fault { get; init; }

    public FakeMassivePlace? Place { get; init; }

    public int? Status { get; init; }

    public double? RetryAfterSeconds { get; init; }

    public bool RetryAfterAsDate { get; init; }

    public double? DelaySeconds { get; init; }

    public string? Symbol { get; init; }

    public int? Times { get; init; }

    public bool UntilCleared { get; init; }
}

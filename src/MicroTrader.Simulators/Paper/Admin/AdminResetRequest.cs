using System.Text.Json.Serialization;

namespace MicroTrader.Simulators.Paper.Admin;

/// <summary>The body of POST /admin/reset, which may be empty: the account to empty, the first where it is left out.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AdminResetRequest
{
    public long? Account { get; init; }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace MicroTrader.KillRunner;

/// <summary>An order in the venue's ledger.</summary>
internal sealed record VenueOrder(long Id, string Ticker, decimal Quantity, decimal FilledQuantity, string Status, string InitiatedFrom, DateTimeOffset CreatedAt)
{
    /// <summary>Whether it can still be filled.</summary>
    [JsonIgnore]
    public bool IsPending => Status is not ("Filled" or "Cancelled" or "Rejected");
}

/// <summary>A fill in the venue's ledger; a sale's quantity is negative.</summary>
internal sealed record VenueFill(long Id, long OrderId, string Ticker, decimal Quantity, decimal Price, decimal NetValue, decimal ConversionFee);

/// <summary>A holding in the venue's ledger.</summary>
internal sealed record VenueHolding(string Ticker, decimal Quantity);

/// <summary>What the venue's own books say: the other side of the comparison, and nothing of ours is in it.</summary>
internal sealed record VenueLedger(
    string Currency, decimal StartingCash, decimal Cash, IReadOnlyList<VenueHolding> Holdings, IReadOnlyList<VenueOrder> Orders, IReadOnlyList<VenueFill> Fills)
{
    /// <summary>Reads the answer of <c>GET /admin/ledger</c>.</summary>
    public static VenueLedger Read(string json) => JsonSerializer.Deserialize(json, VenueJson.Default.VenueLedger) ?? throw new JsonException("the ledger is null");
}

/// <summary>What arrived at the venue, and which faults struck: the answer of <c>GET /admin/statistics</c>.</summary>
internal sealed record VenueStatistics(IReadOnlyDictionary<string, long> Requests, IReadOnlyDictionary<string, long> Faults)
{
    /// <summary>Reads it.</summary>
    public static VenueStatistics Read(string json) => JsonSerializer.Deserialize(json, VenueJson.Default.VenueStatistics) ?? throw new JsonException("the statistics are null");
}

/// <summary>A trade as <c>trades --json</c> tells it.</summary>
internal sealed record ToldTrade(
    string Symbol,
    long TradeNumber,
    decimal Quantity,
    decimal? EntryPrice,
    decimal? ClosePrice,
    decimal? Pnl,
    decimal? Net,
    string? NetCurrency,
    decimal? Fees,
    long? EntryOrderId,
    long? ExitOrderId);

/// <summary>A position as <c>positions --json</c> tells it.</summary>
internal sealed record ToldPosition(string Symbol, string Ticker, string Status, decimal Quantity);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(VenueLedger))]
[JsonSerializable(typeof(VenueStatistics))]
[JsonSerializable(typeof(List<ToldTrade>))]
[JsonSerializable(typeof(List<ToldPosition>))]
internal sealed partial class VenueJson : JsonSerializerContext;

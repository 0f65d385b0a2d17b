namespace MicroTrader.Trading212.Tests;

/// <summary>Answers in the venue's own words.</summary>
internal static class Samples
{
    public const string NewOrder = """
        {"id":54250294524,"ticker":"AXSM_US_EQ","type":"MARKET","side":"BUY","status":"NEW","strategy":"QUANTITY","quantity":1.0,"filledQuantity":0,
         "currency":"USD","createdAt":"2026-03-02T14:31:07.123Z","extendedHours":false,"initiatedFrom":"API","timeInForce":"DAY",
         "instrument":{"ticker":"AXSM_US_EQ","name":"Axsome Therapeutics","isin":"US05464T1043","currency":"USD"}}
        """;

    public const string NotOwned = """
        {"type":"/api-errors/selling-equity-not-owned","title":"Error while placing the order","status":400,"detail":"Selling more equities than owned, owned: 0.0"}
        """;

    public static readonly MarketOrderRequest Buy = new("AXSM_US_EQ", 1.0m);
}

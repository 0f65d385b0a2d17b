namespace MicroTrader.Contract.Tests;

/// <summary>One valid request for each operation in scope, and what is wrong in ways that deserve a 400.</summary>
internal static class Probes
{
    /// <summary>Stands for the number of a pending order.</summary>
    public const string PendingId = "PENDING";

    public static readonly (string Method, string Path, string? Body)[] Valid =
    [
        ("GET", "account/summary", null),
        ("GET", "positions", null),
        ("GET", "orders", null),
        ("GET", "orders/" + PendingId, null),
        ("GET", "history/orders", null),
        ("GET", "history/dividends", null),
        ("GET", "history/transactions", null),
        ("GET", "metadata/instruments", null),
        ("GET", "metadata/exchanges", null),
        ("POST", "orders/market", """{"ticker":"AXSM_US_EQ","quantity":1}"""),
        ("POST", "orders/limit", """{"ticker":"AXSM_US_EQ","quantity":1,"limitPrice":90.5,"timeValidity":"DAY"}"""),
        ("POST", "orders/stop", """{"ticker":"AXSM_US_EQ","quantity":-1,"stopPrice":80,"timeValidity":"GOOD_TILL_CANCEL"}"""),
        ("POST", "orders/stop_limit", """{"ticker":"AXSM_US_EQ","quantity":1,"stopPrice":110,"limitPrice":111,"timeValidity":"DAY"}"""),
        ("DELETE", "orders/" + PendingId, null),
    ];

    /// <summary>Requests that are wrong whatever the account holds.</summary>
    public static readonly (string Method, string Path, string? Body)[] Wrong =
    [
        ("GET", "history/orders?limit=0", null),
        ("GET", "history/orders?limit=many", null),
        ("GET", "history/orders?cursor=abc", null),
        ("GET", "history/dividends?limit=0", null),
        ("GET", "history/dividends?cursor=abc", null),
        ("GET", "history/transactions?limit=0", null),
        ("GET", "history/transactions?time=yesterday", null),
        ("POST", "orders/market", "{"),
        ("POST", "orders/market", ""),
        ("POST", "orders/market", "[]"),
        ("POST", "orders/market", "null"),
        ("POST", "orders/market", """{"quantity":1}"""),
        ("POST", "orders/market", """{"ticker":"AXSM_US_EQ"}"""),
        ("POST", "orders/market", """{"ticker":"AXSM_US_EQ","quantity":"one"}"""),
        ("POST", "orders/market", """{"ticker":"AXSM_US_EQ","quantity":0}"""),
        ("POST", "orders/market", """{"ticker":"NOSUCH_US_EQ","quantity":1}"""),
        ("POST", "orders/market", """{"ticker":"AXSM_US_EQ","quantity":1.00001}"""),
        ("POST", "orders/market", """{"ticker":"AXSM_US_EQ","quantity":-100000}"""),
        ("POST", "orders/market", """{"ticker":"AXSM_US_EQ","quantity":20000}"""),
        ("POST", "orders/market", """{"ticker":"VODl_EQ","quantity":1,"extendedHours":true}"""),
        ("POST", "orders/limit", """{"ticker":"AXSM_US_EQ","quantity":1,"timeValidity":"DAY"}"""),
        ("POST", "orders/limit", """{"ticker":"AXSM_US_EQ","quantity":1,"limitPrice":-5,"timeValidity":"DAY"}"""),
        ("POST", "orders/limit", """{"ticker":"AXSM_US_EQ","quantity":1,"limitPrice":90.5,"timeValidity":"NEVER"}"""),
        ("POST", "orders/limit", """{"ticker":"NOSUCH_US_EQ","quantity":1,"limitPrice":90.5,"timeValidity":"DAY"}"""),
        ("POST", "orders/stop", """{"ticker":"AXSM_US_EQ","quantity":1,"timeValidity":"DAY"}"""),
        ("POST", "orders/stop", """{"ticker":"AXSM_US_EQ","quantity":-100000,"stopPrice":80,"timeValidity":"DAY"}"""),
        ("POST", "orders/stop_limit", """{"ticker":"AXSM_US_EQ","quantity":1,"stopPrice":110,"timeValidity":"DAY"}"""),
        ("POST", "orders/stop_limit", "{"),
    ];
}

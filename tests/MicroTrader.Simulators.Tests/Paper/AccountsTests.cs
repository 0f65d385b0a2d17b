using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Simulators.Tests.Paper;

public class AccountsTests
{
    private const string Ticker = PaperTestBed.Ticker;

    private static readonly PaperAccountOptions Anna = new() { ApiKey = "anna", ApiSecret = "a-secret", AccountId = 11, StartingCash = 1_000m };
    private static readonly PaperAccountOptions Ben = new() { ApiKey = "ben", ApiSecret = "b-secret", AccountId = 22, Currency = "EUR", StartingCash = 500m };

    [Fact]
    public async Task Two_accounts_have_their_own_cash_holdings_orders_and_history()
    {
        await using var bed = await Two();
        using var ben = PaperTestBed.Client(bed.Broker, "ben", "b-secret");
        bed.Broker.PutPrice(Ticker, 100m);
        await bed.Place(2m);
        bed.Settle();
        var pending = await bed.Limit(1m, 50m);

        Assert.Equal((11, "USD", 1_000m), await Summary(bed.Http));
        Assert.Equal((22, "EUR", 500m), await Summary(ben));
        Assert.Equal("[]", await ben.GetStringAsync("equity/positions"));
        Assert.Equal("[]", await ben.GetStringAsync("equity/orders"));
        using var foreign = await ben.DeleteAsync($"equity/orders/{pending}");
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.Equal(500m, JsonNode.Parse(await ben.GetStringAsync("equity/history/transactions"))!["items"]![0]!["amount"]!.GetValue<decimal>());

        // One price moves the orders of both; no number is given twice.
        var theirs = bed.Broker.Account(22).PlaceByPerson(Ticker, 1m, PaperOrderTerms.Limit(60m));
        bed.Settle();
        bed.Broker.PutPrice(Ticker, 50m);
        Assert.False(bed.Order(pending).IsPending);
        Assert.Equal(theirs.Id, Assert.Single(bed.Broker.Account(22).ReadLedger().Fills).OrderId);
        Assert.Empty(bed.Broker.ReadLedger().Orders.Select(o => o.Id).Intersect(bed.Broker.Account(22).ReadLedger().Orders.Select(o => o.Id)));
        Assert.Throws<ArgumentException>(() => bed.Broker.Account(33));
    }

    [Fact]
    public async Task Two_accounts_live_in_one_file_through_a_restart_and_a_third_can_join()
    {
        await using var bed = await Two();
        await bed.Trade(2m, 100m);
        bed.Broker.Account(22).PlaceByPerson(Ticker, 1m);
        var ledgers = bed.Broker.Accounts.Select(a => a.ReadLedger()).ToList();
        await bed.Restart(bed.Options with { Accounts = [Ben, Anna, new PaperAccountOptions { ApiKey = "cid", ApiSecret = "c", AccountId = 33 }] });
        Assert.Equivalent(ledgers[0], bed.Broker.Account(11).ReadLedger(), strict: true);
        Assert.Equivalent(ledgers[1], bed.Broker.Account(22).ReadLedger(), strict: true);
        Assert.Equal(100_000m, bed.Broker.Account(33).ReadLedger().Cash);
    }

    [Theory]
    [InlineData("anna", "b-secret")]
    [InlineData("paper", "paper")]
    [InlineData("ben", "a-secret")]
    public async Task A_key_with_anothers_secret_or_none_of_ours_is_401(string key, string secret)
    {
        await using var bed = await Two();
        using var stranger = PaperTestBed.Client(bed.Broker, key, secret);
        using var response = await stranger.GetAsync("equity/account/summary");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("5", response.Headers.GetValues("x-ratelimit-period").Single());
    }

    [Fact]
    public async Task Limits_and_faults_are_the_accounts_own()
    {
        await using var bed = await Two(o => o with { EnforceRateLimits = true });
        using var ben = PaperTestBed.Client(bed.Broker, "ben", "b-secret");
        bed.Broker.Account(22).Faults.Next(PaperEndpoint.Positions, PaperFault.StatusBefore(503));
        await bed.Get("equity/positions");
        using var mine = await bed.Http.GetAsync("equity/positions");
        using var theirs = await ben.GetAsync("equity/positions");
        using var again = await ben.GetAsync("equity/positions");
        Assert.Equal([429, 503, 200], [(int)mine.StatusCode, (int)theirs.StatusCode, (int)again.StatusCode]);
        Assert.Equal((2, 2, 4), (bed.Broker.Account(11).RequestsReceived(PaperEndpoint.Positions), bed.Broker.Account(22).RequestsReceived(PaperEndpoint.Positions), bed.Broker.RequestsReceived(PaperEndpoint.Positions)));
    }

    [Theory]
    [InlineData("GET", "equity/account/summary", PaperScopes.Account, "account")]
    [InlineData("GET", "equity/positions", PaperScopes.Portfolio, "portfolio")]
    [InlineData("GET", "equity/orders", PaperScopes.OrdersRead, "orders:read")]
    [InlineData("GET", "equity/orders/1", PaperScopes.OrdersRead, "orders:read")]
    [InlineData("DELETE", "equity/orders/1", PaperScopes.OrdersExecute, "orders:execute")]
    [InlineData("POST", "equity/orders/market", PaperScopes.OrdersExecute, "orders:execute")]
    [InlineData("POST", "equity/orders/stop_limit", PaperScopes.OrdersExecute, "orders:execute")]
    [InlineData("GET", "equity/history/orders", PaperScopes.HistoryOrders, "history:orders")]
    [InlineData("GET", "equity/history/dividends", PaperScopes.HistoryDividends, "history:dividends")]
    [InlineData("GET", "equity/history/transactions", PaperScopes.HistoryTransactions, "history:transactions")]
    [InlineData("GET", "equity/metadata/instruments", PaperScopes.Metadata, "metadata")]
    [InlineData("GET", "equity/metadata/exchanges", PaperScopes.Metadata, "metadata")]
    public async Task A_key_without_the_scope_is_403_and_one_with_it_is_not(string method, string path, PaperScopes scope, string name)
    {
        await using var bed = await PaperTestBed.Create(o => o with { Scopes = PaperScopes.All & ~scope });
        var (status, body, hasLimit) = await Send(bed, method, path);
        Assert.Equal((HttpStatusCode.Forbidden, true), (status, hasLimit));
        Assert.Contains($"Scope( {name} ) missing", JsonNode.Parse(body)!["detail"]!.GetValue<string>(), StringComparison.Ordinal);

        await bed.Restart(bed.Options with { Scopes = scope });
        (status, _, _) = await Send(bed, method, path);
        Assert.NotEqual(HttpStatusCode.Forbidden, status);
    }

    [Theory]
    [InlineData(false, HttpStatusCode.Unauthorized)]
    [InlineData(true, HttpStatusCode.OK)]
    public async Task A_bare_key_is_taken_only_where_the_setting_says_so(bool accepted, HttpStatusCode expected)
    {
        await using var bed = await PaperTestBed.Create(o => o with { ApiKey = "123abc", AcceptLegacyKey = accepted });
        Assert.Equal(expected, await WithAuthorization(bed, "123abc"));
        Assert.Equal(HttpStatusCode.Unauthorized, await WithAuthorization(bed, "123abcd"));
        Assert.Equal(HttpStatusCode.Unauthorized, await WithAuthorization(bed, "Bearer 123abc"));
    }

    [Fact]
    public async Task A_reset_on_request_empties_the_account_and_the_numbers_go_on()
    {
        await using var bed = await PaperTestBed.Create();
        await bed.Trade(2m, 100m);
        var last = await bed.Limit(-1m, 500m);
        await bed.Restart();
        Assert.Single(bed.Broker.ReadLedger().Holdings);

        bed.Broker.Reset();
        await Empty();
        Assert.Equal(last + 1, await bed.Trade(1m, 100m));
        Assert.Single(bed.Broker.ReadLedger().Fills);

        await bed.Restart(bed.Options with { Reset = true, StartingCash = 7_000m });
        await Empty(7_000m);
        await bed.Restart();
        await Empty(7_000m);
        Assert.Equal(last + 2, await bed.Place(1m));

        async Task Empty(decimal cash = 100_000m)
        {
            var ledger = bed.Broker.ReadLedger();
            Assert.Equal((cash, cash, 0m, 0m), (ledger.Cash, ledger.StartingCash, ledger.ReservedForOrders, ledger.RealisedProfitLoss));
            Assert.Empty(ledger.Holdings);
            Assert.Empty(ledger.Orders);
            Assert.Empty(ledger.Fills);
            Assert.Empty((await bed.Get("equity/history/orders"))["items"]!.AsArray());
            Assert.Equal(cash, (await bed.Get("equity/history/transactions"))["items"]!.AsArray().Single()!["amount"]!.GetValue<decimal>());
        }
    }

    [Fact]
    public async Task A_reset_of_one_account_leaves_the_other_alone()
    {
        await using var bed = await Two();
        await bed.Trade(2m, 100m);
        var before = bed.Broker.ReadLedger();
        bed.Broker.Account(22).Reset();
        Assert.Equivalent(before, bed.Broker.ReadLedger(), strict: true);
        await bed.Restart();
        Assert.Equivalent(before, bed.Broker.ReadLedger(), strict: true);
    }

    [Fact]
    public async Task A_split_meets_every_account()
    {
        await using var bed = await Two();
        await bed.Trade(1m, 100m);
        bed.Broker.Account(22).PlaceByPerson(Ticker, 2m);
        bed.Settle();
        bed.Broker.ApplySplit(Ticker, 3m);
        Assert.Equal([3m, 6m], bed.Broker.Accounts.Select(a => a.ReadLedger().Holdings.Single().Quantity));
    }

    [Fact]
    public async Task A_file_of_the_version_before_keeps_everything()
    {
        await using var bed = await PaperTestBed.Create(o => o with { DatabasePath = FileOfVersion1(), StartingCash = 1m });
        var ledger = bed.Broker.ReadLedger();
        Assert.Equal((1_000m, 899.5m, 0.5m), (ledger.StartingCash, ledger.Cash, ledger.RealisedProfitLoss));
        Assert.Equal((2, 1, 1, 1), (ledger.Orders.Count, ledger.Fills.Count, ledger.Holdings.Count, ledger.Transactions.Count));
        Assert.Equal((1_000m, PaperTestBed.Start.AddDays(-1)), (ledger.Transactions[0].Amount, ledger.Transactions[0].At));
        Assert.Equal(PaperOrderType.Market, ledger.Orders[0].Type);
        Assert.Single((await bed.Get("equity/history/orders"))["items"]!.AsArray());
        Assert.Equal(103, await bed.Place(1m));
        await bed.Restart();
        Assert.Equal(3, bed.Broker.ReadLedger().Orders.Count);
        File.Delete(bed.Options.DatabasePath);
    }

    [Fact]
    public async Task Impossible_accounts_are_named_without_their_secrets()
    {
        Assert.Contains("Accounts[1].AccountId is 11", await Refusal(Anna, Ben with { AccountId = 11 }), StringComparison.Ordinal);
        Assert.Contains("Accounts[1].ApiKey is another", await Refusal(Anna, Ben with { ApiKey = "anna" }), StringComparison.Ordinal);
        Assert.Contains("Accounts[0].StartingCash", await Refusal(Anna with { StartingCash = -1m }), StringComparison.Ordinal);
        Assert.Contains("Accounts[0].ApiSecret is empty", await Refusal(Anna with { ApiSecret = "" }), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", Anna.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("anna", Anna.ToString(), StringComparison.Ordinal);
    }

    private static async Task<string> Refusal(params PaperAccountOptions[] accounts)
    {
        var refused = await Assert.ThrowsAsync<PaperBrokerException>(() => PaperTestBed.Create(o => o with { Accounts = accounts }));
        Assert.DoesNotContain("-secret", refused.Message, StringComparison.Ordinal);
        return refused.Message;
    }

    private static Task<PaperTestBed> Two(Func<PaperBrokerOptions, PaperBrokerOptions>? configure = null) => PaperTestBed.Create(o =>
    {
        var options = o with { Accounts = [Anna, Ben] };
        return configure?.Invoke(options) ?? options;
    });

    private static async Task<(int Id, string Currency, decimal Total)> Summary(HttpClient client)
    {
        var summary = JsonNode.Parse(await client.GetStringAsync("equity/account/summary"))!;
        return (summary["id"]!.GetValue<int>(), summary["currency"]!.GetValue<string>(), summary["totalValue"]!.GetValue<decimal>());
    }

    private static async Task<(HttpStatusCode Status, string Body, bool HasLimit)> Send(PaperTestBed bed, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST")
        {
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        }

        using var response = await bed.Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Contains("x-ratelimit-limit"));
    }

    private static async Task<HttpStatusCode> WithAuthorization(PaperTestBed bed, string header)
    {
        using var client = new HttpClient { BaseAddress = bed.Http.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, "equity/orders");
        Assert.True(request.Headers.TryAddWithoutValidation("Authorization", header));
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }

    // The tables as version 1 made them, with a filled and a pending order.
    private static string FileOfVersion1()
    {
        var path = Path.Combine(Path.GetTempPath(), $"paper-v1-{Guid.NewGuid():N}.db");
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            CREATE TABLE account (account_id INTEGER PRIMARY KEY, currency TEXT NOT NULL, starting_cash TEXT NOT NULL, cash TEXT NOT NULL,
                realised_profit_loss TEXT NOT NULL, next_order_id INTEGER NOT NULL, next_fill_id INTEGER NOT NULL, next_history_sequence INTEGER NOT NULL) STRICT;
            CREATE TABLE orders (id INTEGER PRIMARY KEY, ticker TEXT NOT NULL, quantity TEXT NOT NULL, filled_quantity TEXT NOT NULL, status TEXT NOT NULL,
                initiated_from TEXT NOT NULL, extended_hours INTEGER NOT NULL, created_at TEXT NOT NULL, due_at TEXT NOT NULL, reserved_cash TEXT NOT NULL,
                fate TEXT NOT NULL, fate_fraction TEXT NOT NULL, fate_extra_ticks INTEGER NOT NULL) STRICT;
            CREATE TABLE fills (id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders (id), ticker TEXT NOT NULL, quantity TEXT NOT NULL,
                price TEXT NOT NULL, filled_at TEXT NOT NULL, fx_rate TEXT NOT NULL, conversion_fee TEXT NOT NULL, net_value TEXT NOT NULL, realised_profit_loss TEXT) STRICT;
            CREATE TABLE holdings (ticker TEXT PRIMARY KEY, quantity TEXT NOT NULL, quantity_in_pies TEXT NOT NULL, average_price_paid TEXT NOT NULL,
                total_cost TEXT NOT NULL, created_at TEXT NOT NULL) STRICT;
            CREATE TABLE history (sequence INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders (id), fill_id INTEGER REFERENCES fills (id), at TEXT NOT NULL) STRICT;
            INSERT INTO account VALUES (10000001, 'USD', '1000', '899.5', '0.5', 103, 202, 2);
            INSERT INTO orders VALUES (101, 'AXSM_US_EQ', '1', '1', 'Filled', 'API', 0, '2026-03-01T15:00:00.0000000+00:00', '2026-03-01T15:00:00.1500000+00:00', '0', 'Fill', '0', 0);
            INSERT INTO orders VALUES (102, 'FB_US_EQ', '1', '0', 'New', 'IOS', 0, '2026-03-01T16:00:00.0000000+00:00', '2026-03-01T16:00:00.1500000+00:00', '0', 'Fill', '0', 0);
            INSERT INTO fills VALUES (201, 101, 'AXSM_US_EQ', '1', '101', '2026-03-01T15:00:00.1500000+00:00', '1', '0', '101', NULL);
            INSERT INTO holdings VALUES ('AXSM_US_EQ', '1', '0', '101', '101', '2026-03-01T15:00:00.1500000+00:00');
            INSERT INTO history VALUES (1, 101, 201, '2026-03-01T15:00:00.1500000+00:00');
            PRAGMA application_id = 0x4D545042; PRAGMA user_version = 1;
            """;
        command.ExecuteNonQuery();
        return path;
    }
}

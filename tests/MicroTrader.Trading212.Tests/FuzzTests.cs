using System.Text;
using Xunit.Abstractions;

namespace MicroTrader.Trading212.Tests;

/// <summary>Answers of random bytes and of random damage to good ones: a result every time, never an exception. The seed is printed, and MICROTRADER_FUZZ_SEED repeats a run.</summary>
public sealed class FuzzTests
{
    private const int Rounds = 600;

    private static readonly string[] Seeds =
    [
        Samples.NewOrder,
        Samples.NotOwned,
        $"[{Samples.NewOrder}]",
        """[{"instrument":{"ticker":"A_US_EQ"},"quantity":1,"createdAt":"2026-03-02T14:31:07Z","walletImpact":{"currentValue":1}}]""",
        """{"items":[{"order":{"id":1,"side":"SELL"},"fill":{"id":2,"type":"TRADE","walletImpact":{"taxes":[{"name":"FINRA_FEE"}]}}}],"nextPagePath":"/api/v0/equity/history/orders?cursor=%C3%28&limit=5"}""",
        """[{"id":1,"name":"NYSE","workingSchedules":[{"id":2,"timeEvents":[{"date":"2026-03-02T14:30:00Z","type":"OPEN"}]}]}]""",
        """{"id":1,"currency":"EUR","cash":{"availableToTrade":1}}""",
        "",
    ];

    private static readonly byte[] Nasty = [.. "{}[]\",:0-eE\\unul "u8, 0x00, 0x80, 0xC3, 0xFF];

    private static readonly int[] Statuses = [200, 200, 200, 201, 204, 304, 400, 401, 403, 404, 408, 409, 422, 429, 500, 503, 777];

    private readonly ITestOutputHelper _output;

    public FuzzTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public async Task Whatever_the_body_there_is_a_result()
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("MICROTRADER_FUZZ_SEED"), out int given) ? given : Random.Shared.Next();
        _output.WriteLine($"MICROTRADER_FUZZ_SEED={seed}");
        Random random = new(seed);
        (int Status, byte[] Body, string[] Headers) next = (200, [], []);
        await using RawServer server = RawServer.Of((_, connection) => connection.AnswerAsync(next.Status, next.Body, next.Headers));
        using Trading212Client client = new(server.Options(o => o with { ReadRetryCount = 0, ReadBreaker = new ReadBreakerOptions { MinimumThroughput = int.MaxValue } }));

        for (int round = 0; round < Rounds; round++)
        {
            int status = Statuses[random.Next(Statuses.Length)];
            next = (status, status is 204 or 304 ? [] : Damage(random), Headers(random));
            try
            {
                int before = server.Requests.Count;
                PlaceOrderResult placed = await client.PlaceMarketOrderAsync(Samples.Buy);
                Assert.Equal(before + 1, server.Requests.Count);
                AssertAgrees(placed, status);
                await client.CancelOrderAsync(1);
                await client.GetAccountSummaryAsync();
                await client.GetPositionsAsync();
                await client.GetPendingOrdersAsync();
                await client.GetOrderAsync(1);
                await client.GetInstrumentsAsync();
                await client.GetExchangesAsync();
                await client.GetDividendsAsync();
                await client.GetTransactionsAsync();
                if (await client.GetOrderHistoryAsync() is ReadResult<HistoryPage<HistoricalOrder>>.Success { Value: { IsLast: false } page })
                    await client.GetOrderHistoryAsync(new HistoryQuery { Cursor = page.NextCursor });
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}, round {round}, status {status}, body {Convert.ToHexString(next.Body)}, headers {string.Join(" | ", next.Headers)}", e);
            }
        }
    }

    private static void AssertAgrees(PlaceOrderResult placed, int status) => Assert.True(
        placed switch
        {
            PlaceOrderResult.Placed => status is >= 200 and < 300,
            PlaceOrderResult.Rejected => status is 400 or 401 or 403 or 404 or 422,
            PlaceOrderResult.NotExecuted => status == 429,
            PlaceOrderResult.Unknown => status is not (400 or 401 or 403 or 404 or 422 or 429),
            _ => false,
        },
        $"{placed} for {status}");

    private static byte[] Damage(Random random)
    {
        byte[] body = Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]);
        switch (random.Next(6))
        {
            case 0:
                break;
            case 1:
                body = body[..random.Next(body.Length + 1)];
                break;
            case 2:
                body = new byte[random.Next(200)];
                random.NextBytes(body);
                break;
            case 3:
                return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("[{\"a\":", random.Next(1, 200))));
            default:
                for (int i = random.Next(1, 8); i > 0 && body.Length > 0; i--)
                    body[random.Next(body.Length)] = Nasty[random.Next(Nasty.Length)];
                break;
        }

        return body;
    }

    private static string[] Headers(Random random)
    {
        string[] names = ["x-ratelimit-limit", "x-ratelimit-period", "x-ratelimit-remaining", "x-ratelimit-reset", "x-ratelimit-used", "Date", "Retry-After", "Content-Type", "Content-Encoding", "Location"];
        string[] values = ["0", "1", "60", "-1", "9223372036854775807", "1772461872", "", "abc", "gzip", "Mon, 02 Mar 2026 14:31:07 GMT", ";;;", "application/json; charset=nonsense"];
        return [.. names.Where(_ => random.Next(2) == 0).Select(name => $"{name}: {values[random.Next(values.Length)]}")];
    }
}

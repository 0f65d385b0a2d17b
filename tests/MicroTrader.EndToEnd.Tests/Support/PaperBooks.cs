using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MicroTrader.EndToEnd.Tests.Support;

/// <summary>An order as the paper broker's history has it.</summary>
internal sealed record PaperHistoryOrder(long Id, string Ticker, decimal Quantity, string Status, decimal? Price);

/// <summary>What the paper broker's books say, read over its API: by a paper broker of its own, started on the file that the robot's left.</summary>
internal sealed record PaperBooks(IReadOnlyList<string> Holdings, IReadOnlyList<long> Pending, IReadOnlyList<PaperHistoryOrder> Orders)
{
    /// <summary>Reads them. No robot may run on the file.</summary>
    public static async Task<PaperBooks> ReadAsync(HostFolder folder)
    {
        var broker = folder.Start("paper-broker", "--port", "0", "--database", folder.PaperFile, "--set", "Log:Folder=books-logs");
        var line = await broker.WaitForAsync(@"^Paper broker at (?<address>http\S+),");
        using var http = new HttpClient { BaseAddress = new Uri(line["address"] + "/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("paper:paper")));
        var holdings = await AskAsync(http, "equity/positions");
        var pending = await AskAsync(http, "equity/orders");
        var history = await AskAsync(http, "equity/history/orders?limit=50");
        Assert.True(history.IsNull("nextPagePath"), "more than 50 orders: this reads one page");
        await broker.InterruptAsync();
        Assert.Equal(0, await broker.ExitAsync());
        return new PaperBooks(
            [.. holdings.EnumerateArray().Select(p => p.GetProperty("instrument").Text("ticker")!)],
            [.. pending.EnumerateArray().Select(o => o.GetProperty("id").GetInt64())],
            [.. history.GetProperty("items").EnumerateArray().Select(Order)]);
    }

    /// <summary>The robot's journal and these books agree: nothing is held, and each trade is exactly one buy and one sell, both filled, known by their ids.</summary>
    public void AgreeWith(IReadOnlyList<JsonElement> trades)
    {
        Assert.Empty(Holdings);
        Assert.Empty(Pending);
        var ids = trades.SelectMany(t => new[] { t.Id("entryOrderId")!.Value, t.Id("exitOrderId")!.Value }).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(ids.Order(), Orders.Select(o => o.Id).Order());
        Assert.All(Orders, o => Assert.Equal("FILLED", o.Status));
        foreach (var trade in trades)
        {
            var buy = Orders.Single(o => o.Id == trade.Id("entryOrderId"));
            var sell = Orders.Single(o => o.Id == trade.Id("exitOrderId"));
            Assert.Equal(trade.Number("quantity"), buy.Quantity);
            Assert.Equal(-trade.Number("quantity"), sell.Quantity);
            Assert.Equal(buy.Ticker, sell.Ticker);
            Assert.Equal(trade.Number("entryPrice"), buy.Price);
            Assert.Equal(trade.Number("closePrice"), sell.Price);
        }
    }

    private static PaperHistoryOrder Order(JsonElement item)
    {
        var order = item.GetProperty("order");
        decimal? price = item.TryGetProperty("fill", out var fill) && fill.ValueKind == JsonValueKind.Object ? fill.Number("price") : null;
        return new PaperHistoryOrder(order.GetProperty("id").GetInt64(), order.Text("ticker")!, order.Number("quantity"), order.Text("status")!, price);
    }

    private static async Task<JsonElement> AskAsync(HttpClient http, string path)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {(int)response.StatusCode} {text}");
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}

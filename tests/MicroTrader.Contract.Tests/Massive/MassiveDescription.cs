using System.Text.Json;
using Xunit.Abstractions;

namespace MicroTrader.Contract.Tests.Massive;

/// <summary>Massive's own descriptions, where they are at hand.</summary>
internal static class MassiveDescription
{
    public const string Tickers = "/v2/snapshot/locale/us/markets/stocks/tickers";
    public const string Now = "/v1/marketstatus/now";
    public const string Upcoming = "/v1/marketstatus/upcoming";

    /// <summary>The JSON content of a path's 200: schema and example; null, saying so, where the description is not at hand.</summary>
    public static JsonElement? RestOrSkip(ITestOutputHelper output, string path) => Content("massive/rest.json", output, path);

    /// <summary>The same of an event of the stream.</summary>
    public static JsonElement? StreamOrSkip(ITestOutputHelper output, string ev) => Content("massive/websocket.json", output, $"/stocks/{ev}");

    private static JsonElement? Content(string file, ITestOutputHelper output, string path)
    {
        if (Checkout.Shared(file) is not { } found)
        {
            output.WriteLine($"skipped: shared/{file} is not beside the checkout");
            return null;
        }

        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(found));
        return document.RootElement.GetProperty("paths").GetProperty(path).GetProperty("get").GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").Clone();
    }
}

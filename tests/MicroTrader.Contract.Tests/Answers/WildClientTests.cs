using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace MicroTrader.Contract.Tests;

/// <summary>What clients in the wild send, by the notes, and the venue lets pass.</summary>
public class WildClientTests
{
    [Fact]
    public async Task A_chunked_body_is_an_order()
    {
        await using PaperBed bed = await PaperBed.StartAsync();
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);
        using HttpClient http = Client();
        using HttpRequestMessage request = new(HttpMethod.Post, $"{bed.Broker.BaseAddress}/equity/orders/market");
        request.Headers.TransferEncodingChunked = true;
        request.Content = new StringContent("""{"ticker":"AXSM_US_EQ","quantity":1}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(1m, Assert.Single(bed.Broker.ReadLedger().Orders).Quantity);
    }

    [Fact]
    public async Task A_content_type_on_a_get_does_no_harm()
    {
        await using PaperBed bed = await PaperBed.StartAsync();
        using HttpClient http = Client();
        using HttpRequestMessage request = new(HttpMethod.Get, $"{bed.Broker.BaseAddress}/equity/account/summary");
        request.Content = new ByteArrayContent([]);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("orders?limit=5&foo=bar")]
    [InlineData("metadata/instruments?ticker=AAPL_US_EQ")]
    [InlineData("account/summary?currency=USD")]
    [InlineData("positions?limit=many")]
    [InlineData("history/orders?instrumentCode=AAPL_US_EQ&before=1")]
    public async Task A_query_parameter_that_the_endpoint_does_not_know_is_passed_over(string pathAndQuery)
    {
        await using PaperBed bed = await PaperBed.StartAsync();
        using HttpClient http = Client();
        using HttpResponseMessage response = await http.GetAsync(new Uri($"{bed.Broker.BaseAddress}/equity/{pathAndQuery}"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotNull(JsonNode.Parse(await response.Content.ReadAsStringAsync()));
    }

    private static HttpClient Client()
    {
        HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.Authorization = PaperBed.Basic(PaperBed.Key, PaperBed.Secret);
        return http;
    }
}

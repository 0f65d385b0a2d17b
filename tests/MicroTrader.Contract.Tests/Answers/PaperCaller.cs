using System.Net.Http.Headers;
using System.Text;

namespace MicroTrader.Contract.Tests;

/// <summary>Sends raw requests to a paper broker and keeps every exchange.</summary>
internal sealed class PaperCaller : IDisposable
{
    private readonly PaperBed _bed;
    private readonly List<PaperExchange> _log;
    private readonly HttpClient _http;

    public PaperCaller(PaperBed bed, List<PaperExchange> log)
    {
        _bed = bed;
        _log = log;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>The header of every request; null for none.</summary>
    public AuthenticationHeaderValue? Authorization { get; set; } = PaperBed.Basic(PaperBed.Key, PaperBed.Secret);

    /// <summary>True while the test makes the broker fail on purpose.</summary>
    public bool IsFault { get; set; }

    /// <summary>Sends a request to a path below /api/v0/equity/.</summary>
    public async Task<PaperExchange> SendAsync(string method, string pathAndQuery, string? body = null)
    {
        Uri address = new($"{_bed.Broker.BaseAddress}/equity/{pathAndQuery}");
        using HttpRequestMessage request = new(new HttpMethod(method), address);
        request.Headers.Authorization = Authorization;
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _http.SendAsync(request);
        PaperExchange exchange = new()
        {
            Method = method,
            Path = address.AbsolutePath,
            Query = address.Query,
            RequestBody = body ?? "",
            Status = (int)response.StatusCode,
            ContentType = response.Content.Headers.ContentType?.MediaType,
            Headers = response.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase),
            Body = await response.Content.ReadAsStringAsync(),
            At = _bed.Clock.GetUtcNow(),
            IsFault = IsFault,
        };
        _log.Add(exchange);
        return exchange;
    }

    /// <summary>Sends a request that must succeed.</summary>
    public async Task<PaperExchange> OkAsync(string method, string pathAndQuery, string? body = null)
    {
        PaperExchange exchange = await SendAsync(method, pathAndQuery, body);
        Assert.True(exchange.Status == 200, exchange.ToString());
        return exchange;
    }

    public Task<PaperExchange> MarketAsync(decimal quantity, string ticker = PaperBed.Ticker) =>
        OkAsync("POST", "orders/market", string.Create(System.Globalization.CultureInfo.InvariantCulture, $$"""{"ticker":"{{ticker}}","quantity":{{quantity}}}"""));

    public void Dispose() => _http.Dispose();
}

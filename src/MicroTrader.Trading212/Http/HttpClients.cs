using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;

namespace MicroTrader.Trading212;

/// <summary>Makes the one HTTP client. Nothing in it may repeat a request: no redirect, no credentials that answer a challenge, no cookies.</summary>
internal static class HttpClients
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    internal static HttpClient Create(Trading212Options options)
    {
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            UseCookies = false,
            Credentials = null,
            PreAuthenticate = false,
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionIdleTimeout = options.IdleConnectionTimeout,
            // A new connection every few minutes follows a change of the venue's DNS.
            PooledConnectionLifetime = ConnectionLifetime,
            UseProxy = options.UseSystemProxy && !options.BaseAddress.IsLoopback,
            // Our trace ids are of no use to the venue.
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        };
        return Over(options, handler);
    }

    /// <summary>The client over a transport that the caller made.</summary>
    /// <exception cref="ArgumentException">It follows redirects.</exception>
    internal static HttpClient Create(Trading212Options options, HttpMessageHandler transport)
    {
        for (HttpMessageHandler? handler = transport; handler is not null; handler = (handler as DelegatingHandler)?.InnerHandler)
        {
            if (handler is SocketsHttpHandler { AllowAutoRedirect: true } or HttpClientHandler { AllowAutoRedirect: true })
                throw new ArgumentException($"The transport's {handler.GetType().Name} follows redirects, and 307 and 308 repeat a write; allowed is one with AllowAutoRedirect = false.", nameof(transport));
        }

        return Over(options, transport);
    }

    private static HttpClient Over(Trading212Options options, HttpMessageHandler transport)
    {
        HttpClient http = new(transport, disposeHandler: true)
        {
            // Polly keeps the time, with the client's own TimeProvider.
            Timeout = Timeout.InfiniteTimeSpan,
            // HTTP/1.1 throughout: one request per connection at a time, no stream that the peer may refuse and the handler may then repeat.
            DefaultRequestVersion = HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", BasicToken(options));
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("MicroTrader.Trading212", Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "0"));
        return http;
    }

    /// <summary>The HTTP Basic token. Source: RFC 7617, with UTF-8.</summary>
    internal static string BasicToken(Trading212Options options) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.ApiKey}:{options.ApiSecret}"));
}

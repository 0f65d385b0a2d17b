using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MicroTrader.Host.Tests.Support;

/// <summary>A real listener on loopback that writes down what it is asked, and answers each request with a status.</summary>
internal sealed class HeaderListener : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<(string Path, string? Authorization)> _requests = [];

    private HeaderListener(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public IReadOnlyList<(string Path, string? Authorization)> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    public static async Task<HeaderListener> StartAsync(int status, string contentType = "application/json", string body = "{}")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var listener = new HeaderListener(builder.Build());
        listener._app.Run(context =>
        {
            lock (listener._requests)
                listener._requests.Add((context.Request.Path, context.Request.Headers.Authorization));
            context.Response.StatusCode = status;
            context.Response.ContentType = contentType;
            return context.Response.WriteAsync(body);
        });
        await listener._app.StartAsync();
        return listener;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MicroTrader.Host.Tests.Support;

/// <summary>A real server on loopback that takes whatever it is sent, and answers as a test wants: with a status, after a wait, or never.</summary>
internal sealed class FakeHook : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<int> _statuses = [];

    private FakeHook(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>An address whose path is a secret.</summary>
    public string Secret => new Uri(Address, "/hooks/plantedHOOKsecret?key=plantedHOOKkey").ToString();

    public ConcurrentQueue<string> Bodies { get; } = [];

    public ConcurrentQueue<string> Methods { get; } = [];

    /// <summary>Answers nobody.</summary>
    public bool Hangs { get; set; }

    public static async Task<FakeHook> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var hook = new FakeHook(builder.Build());
        hook._app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            hook.Bodies.Enqueue(await reader.ReadToEndAsync());
            hook.Methods.Enqueue(context.Request.Method);
            if (hook.Hangs)
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            else
                hook.Answer(context.Response);
        });
        await hook._app.StartAsync();
        return hook;
    }

    // One that sends elsewhere names a place.
    private void Answer(HttpResponse response)
    {
        response.StatusCode = _statuses.TryDequeue(out var status) ? status : 200;
        if (response.StatusCode is >= 300 and < 400)
            response.Headers.Location = "/elsewhere";
    }

    public void Fail(int status) => _statuses.Enqueue(status);

    public async ValueTask DisposeAsync()
    {
        using var once = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(once.Token);
        await _app.DisposeAsync();
    }
}

using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MicroTrader.Simulators.Http;
using MicroTrader.Simulators.Massive.Streams;

namespace MicroTrader.Simulators.Massive.Rest;

/// <summary>Takes requests: those of REST to their answer, those of the stream to the hub, either through the faults.</summary>
internal sealed class MassiveApplication : LocalApplication
{
    private const string Bearer = "Bearer ";

    private readonly FakeMassiveOptions _options;
    private readonly RestApi _api;
    private readonly StreamHub _hub;
    private readonly FakeMassiveFaults _faults;
    private readonly PlaceCounters _counters;
    private readonly ILogger _logger;
    private readonly CancellationToken _stopping;

    public MassiveApplication(FakeMassiveOptions options, StreamHub hub, FakeMassiveFaults faults, PlaceCounters counters, ILogger logger, CancellationToken stopping)
    {
        _options = options;
        _api = new RestApi(options, hub);
        _hub = hub;
        _faults = faults;
        _counters = counters;
        _logger = logger;
        _stopping = stopping;
    }

    /// <inheritdoc/>
    public override async Task ProcessRequestAsync(HttpContext context)
    {
        try
        {
            await ServeAsync(context);
        }
        catch (Exception exception) when (exception is ConnectionResetException or ConnectionAbortedException or OperationCanceledException or IOException)
        {
            // The path only: the query may hold the key.
            _logger.LogDebug(exception, "Massive look-alike could not answer {Path}: the client went away", context.Request.Path);
            context.Abort();
        }
        catch (Exception exception)
        {
            _logger.LogError(exception, "Massive look-alike failed at {Path}", context.Request.Path);
            context.Abort();
        }
    }

    private static async Task WriteAsync(HttpContext context, RestAnswer answer, FakeMassiveFaultKind? fault)
    {
        var body = fault == FakeMassiveFaultKind.Malformed ? answer.Body.AsMemory(0, answer.Body.Length / 2) : answer.Body;
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        if (answer.RetryAfter is { } retryAfter)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        if (fault == FakeMassiveFaultKind.CutBody)
        {
            await context.Response.Body.WriteAsync(body[..(body.Length / 2)], context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);

            // Too little for its length: the server ends the connection. An abort could overtake what was sent.
            return;
        }

        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private async Task ServeAsync(HttpContext context)
    {
        if (RestRoute.Match(context.Request.Path.Value, _options.Delay > TimeSpan.Zero) is not { } route)
        {
            await WriteAsync(context, _api.NotFound(), null);
            return;
        }

        if (!HttpMethods.IsGet(context.Request.Method))
        {
            await WriteAsync(context, _api.NotAllowed(), null);
            return;
        }

        _counters.Count(route.Place);
        var fault = _faults.Take(route.Place);
        switch (fault)
        {
            case { Kind: FakeMassiveFaultKind.LostAnswer }:
                context.Abort();
                return;
            case { Kind: FakeMassiveFaultKind.Status }:
                await WriteAsync(context, _api.Error(fault), null);
                return;
            case { Kind: FakeMassiveFaultKind.Delay }:
                using (var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping))
                {
                    await Task.Delay(fault.Delay, _options.TimeProvider, ends.Token);
                }

                break;
        }

        await (route.Place == FakeMassivePlace.SocketConnect ? ConnectAsync(context) : AnswerAsync(context, route, fault));
    }

    private async Task AnswerAsync(HttpContext context, RestRoute route, FakeMassiveFault? fault)
    {
        var key = KeyOf(context.Request);
        var answer = key == _options.ApiKey ? _api.Answer(route, context.Request.Query["tickers"], fault) : _api.UnknownKey(isMissing: key is null);
        await WriteAsync(context, answer, fault?.Kind);
    }

    private async Task ConnectAsync(HttpContext context)
    {
        if (!Upgrade.IsAsked(context))
        {
            await WriteAsync(context, _api.NoUpgrade(), null);
            return;
        }

        await _hub.ServeAsync(await Upgrade.AcceptAsync(context), context.Abort, _stopping);
    }

    private static string? KeyOf(HttpRequest request)
    {
        if (request.Headers.Authorization.ToString() is var header && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return header[Bearer.Length..].Trim();
        }

        return request.Query.TryGetValue("apiKey", out var key) ? key.ToString() : null;
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace MicroTrader.Simulators.Paper.Http;

/// <summary>
/// The front of the venue: counts the request, lets faults strike, checks key and rate limit, and writes the answer with
/// the headers that every answer has.
/// </summary>
internal sealed class PaperHttpApplication : IHttpApplication<HttpContext>
{
    private const int MaxBodyBytes = 64 * 1024;

    private readonly PaperApi _api;
    private readonly PaperFaults _faults;
    private readonly RateLimiter _limiter;
    private readonly RequestCounters _counters;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationToken _stopping;

    public PaperHttpApplication(
        PaperApi api, PaperFaults faults, RateLimiter limiter, RequestCounters counters, TimeProvider time, ILogger logger, CancellationToken stopping)
    {
        _api = api;
        _faults = faults;
        _limiter = limiter;
        _counters = counters;
        _time = time;
        _logger = logger;
        _stopping = stopping;
    }

    /// <inheritdoc/>
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    /// <inheritdoc/>
    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    /// <inheritdoc/>
    public async Task ProcessRequestAsync(HttpContext context)
    {
        var (matched, status) = PaperRoute.Match(context.Request.Method, context.Request.Path.Value);
        if (matched is not { } route)
        {
            await Write(context, null, PaperAnswer.Problem(status, "not-found", status == 404 ? "No such path" : "Method not allowed"), false);
            return;
        }

        try
        {
            var body = await ReadBody(context);
            _counters.Count(route.Endpoint);
            await Serve(context, route, body);
        }
        catch (BadHttpRequestException exception)
        {
            await Write(context, _limiter.Peek(route.Endpoint), PaperAnswer.Problem(exception.StatusCode, "invalid-payload", "Invalid payload"), false);
        }
        catch (Exception exception) when (exception is ConnectionResetException or ConnectionAbortedException or OperationCanceledException)
        {
            // The client went away, or the broker is stopping: there is nobody to answer, and what was committed stays so.
            _logger.LogDebug(exception, "Paper broker lost the connection of {Endpoint}", route.Endpoint);
            context.Abort();
        }
        catch (Exception exception)
        {
            _logger.LogError(exception, "Paper broker failed at {Endpoint}", route.Endpoint);
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            await Write(context, _limiter.Peek(route.Endpoint), PaperAnswer.Problem(500, "internal-error", "Internal error"), false);
        }
    }

    private async Task Serve(HttpContext context, PaperRoute route, byte[] body)
    {
        var fault = _faults.Take(route.Endpoint);
        switch (fault?.Kind)
        {
            case PaperFaultKind.LostRequest:
                context.Abort();
                return;
            case PaperFaultKind.StatusBefore:
                await Write(context, _limiter.Peek(route.Endpoint), Failure(fault.Status), false);
                return;
            case PaperFaultKind.TooManyRequests:
                await Write(context, _limiter.Exhausted(route.Endpoint), TooMany(), false);
                return;
            case PaperFaultKind.DelayedHandling:
                await Task.Delay(fault.Delay, _time, _stopping);
                break;
            default:
                break;
        }

        var (rate, answer) = Answer(context, route, body);
        switch (fault?.Kind)
        {
            case PaperFaultKind.LostAnswer:
                context.Abort();
                return;
            case PaperFaultKind.StatusAfter:
                answer = Failure(fault.Status);
                break;
            case PaperFaultKind.MalformedBody:
                // Half of the JSON; where the answer has no body, a lone brace.
                answer = answer with { ContentType = "application/json", Body = answer.Body.Length == 0 ? "{"u8.ToArray() : answer.Body[..(answer.Body.Length / 2)] };
                break;
            case PaperFaultKind.DelayedAnswer:
                await Task.Delay(fault.Delay, _time, _stopping);
                break;
            default:
                break;
        }

        await Write(context, rate, answer, fault?.Kind == PaperFaultKind.CutBody);
    }

    private (RateState Rate, PaperAnswer Answer) Answer(HttpContext context, PaperRoute route, byte[] body)
    {
        if (!_api.IsAuthorized(context.Request.Headers.Authorization))
        {
            return (_limiter.Peek(route.Endpoint), PaperAnswer.Problem(401, "unauthorized", "Bad API key"));
        }

        var rate = _limiter.Take(route.Endpoint);
        return (rate, rate.Allowed ? _api.Handle(route, context.Request.Query, body) : TooMany());
    }

    private static PaperAnswer TooMany() => PaperAnswer.Problem(429, "too-many-requests", "Too many requests");

    private static PaperAnswer Failure(int status) => PaperAnswer.Problem(status, "unavailable", status == 408 ? "Timed-out" : "Unavailable");

    private async Task Write(HttpContext context, RateState? rate, PaperAnswer answer, bool cut)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;

        // Kestrel would stamp the real clock; the venue's clock may be a virtual one.
        response.Headers.Date = _time.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);

        // Every answer of an endpoint; an unknown path has no limit to tell of.
        if (rate is { } state)
        {
            response.Headers["x-ratelimit-limit"] = state.Limit.ToString(CultureInfo.InvariantCulture);
            response.Headers["x-ratelimit-period"] = state.PeriodSeconds.ToString(CultureInfo.InvariantCulture);
            response.Headers["x-ratelimit-remaining"] = state.Remaining.ToString(CultureInfo.InvariantCulture);
            response.Headers["x-ratelimit-reset"] = state.ResetUnixSeconds.ToString(CultureInfo.InvariantCulture);
            response.Headers["x-ratelimit-used"] = state.Used.ToString(CultureInfo.InvariantCulture);
        }

        if (cut)
        {
            await response.Body.WriteAsync(answer.Body.AsMemory(0, answer.Body.Length / 2), context.RequestAborted);
            await response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
            return;
        }

        await response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    private static async Task<byte[]> ReadBody(HttpContext context)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[4096];
        int read;
        while ((read = await context.Request.Body.ReadAsync(chunk, context.RequestAborted)) > 0)
        {
            if (buffer.Length + read > MaxBodyBytes)
            {
                throw new BadHttpRequestException("The body is too long.", StatusCodes.Status413PayloadTooLarge);
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }
}

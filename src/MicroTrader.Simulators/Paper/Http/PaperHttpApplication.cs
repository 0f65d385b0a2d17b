using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using MicroTrader.Simulators.Paper.Core;

namespace MicroTrader.Simulators.Paper.Http;

/// <summary>
/// The front of the venue: counts the request, lets faults strike, checks key and rate limit, and writes the answer with
/// the headers that every answer has.
/// </summary>
internal sealed class PaperHttpApplication : IHttpApplication<HttpContext>
{
    private readonly Doorkeeper _doorkeeper;
    private readonly RequestCounters _counters;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationToken _stopping;

    public PaperHttpApplication(
        Doorkeeper doorkeeper, RequestCounters counters, TimeProvider time, ILogger logger, CancellationToken stopping)
    {
        _doorkeeper = doorkeeper;
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

        // Whose request it is comes first: limits and faults are an account's, and a stranger must not use them up.
        var (front, stranger) = _doorkeeper.Find(context.Request.Headers.Authorization);
        try
        {
            var body = await RequestBody.ReadAsync(context);
            _counters.Count(route.Endpoint);
            if (front is null)
            {
                await Write(context, RateLimiter.Unused(route.Endpoint, _time.GetUtcNow()), PaperAnswer.Problem(stranger!), false);
                return;
            }

            front.Counters.Count(route.Endpoint);
            await Serve(context, front, route, body);
        }
        catch (BadHttpRequestException exception)
        {
            await Write(context, Peek(front, route), PaperAnswer.Problem(exception.StatusCode, "invalid-payload", "Invalid payload"), false);
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

            await Write(context, Peek(front, route), PaperAnswer.Problem(500, "internal-error", "Internal error"), false);
        }
    }

    private async Task Serve(HttpContext context, AccountFront front, PaperRoute route, byte[] body)
    {
        var fault = front.Engine.Faults.Take(route.Endpoint);
        switch (fault?.Kind)
        {
            case PaperFaultKind.LostRequest:
                context.Abort();
                return;
            case PaperFaultKind.StatusBefore:
                await Write(context, front.Limiter.Peek(route.Endpoint), Failure(fault.Status), false);
                return;
            case PaperFaultKind.TooManyRequests:
                await Write(context, front.Limiter.Exhausted(route.Endpoint), TooMany(), false);
                return;
            case PaperFaultKind.DelayedHandling:
                await Task.Delay(fault.Delay, _time, _stopping);
                break;
            default:
                break;
        }

        var (rate, answer) = Answer(context, front, route, body);
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

    private static (RateState Rate, PaperAnswer Answer) Answer(HttpContext context, AccountFront front, PaperRoute route, byte[] body)
    {
        if (Doorkeeper.MissingScope(front.Scopes, route.Endpoint) is { } scope)
        {
            return (front.Limiter.Peek(route.Endpoint), PaperAnswer.Problem(Refusal.MissingScope(scope)));
        }

        var rate = front.Limiter.Take(route.Endpoint);
        return (rate, rate.Allowed ? front.Api.Handle(route, context.Request.Query, body) : TooMany());
    }

    private RateState Peek(AccountFront? front, PaperRoute route) =>
        front?.Limiter.Peek(route.Endpoint) ?? RateLimiter.Unused(route.Endpoint, _time.GetUtcNow());

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
}

using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MicroTrader.Simulators.Paper.Core;

namespace MicroTrader.Simulators.Paper.Http;

/// <summary>
/// The front of the venue, the same over a socket and in process: counts the request, lets faults strike, checks key and rate limit, and
/// words the answer. It is synchronous but for faults that wait on the venue's clock and for a body that is still on its way.
/// </summary>
internal sealed class PaperFront
{
    private readonly Doorkeeper _doorkeeper;
    private readonly RequestCounters _counters;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationToken _stopping;

    public PaperFront(Doorkeeper doorkeeper, RequestCounters counters, TimeProvider time, ILogger logger, CancellationToken stopping)
    {
        _doorkeeper = doorkeeper;
        _counters = counters;
        _time = time;
        _logger = logger;
        _stopping = stopping;
    }

    /// <summary>Handles a request. It goes on when the client has gone: what was committed stays so.</summary>
    public async Task<PaperReply> AnswerAsync(PaperRequest request)
    {
        var (matched, status) = PaperRoute.Match(request.Method, request.Path);
        if (matched is not { } route)
        {
            return Reply(null, PaperAnswer.Problem(status, "not-found", status == 404 ? "No such path" : "Method not allowed"));
        }

        // Whose request it is comes first: limits and faults are an account's, and a stranger must not use them up.
        var (front, stranger) = _doorkeeper.Find(request.Authorization);
        try
        {
            var body = await request.ReadBody();
            _counters.Count(route.Endpoint);
            if (front is null)
            {
                return Reply(RateLimiter.Unused(route.Endpoint, _time.GetUtcNow()), PaperAnswer.Problem(stranger!));
            }

            front.Counters.Count(route.Endpoint);
            return await Serve(request, front, route, body);
        }
        catch (BadHttpRequestException exception)
        {
            return Reply(Peek(front, route), PaperAnswer.Problem(exception.StatusCode, "invalid-payload", "Invalid payload"));
        }
        catch (Exception exception) when (exception is ConnectionResetException or ConnectionAbortedException or OperationCanceledException)
        {
            // The client went away, or the broker is stopping: there is nobody to answer, and what was committed stays so.
            _logger.LogDebug(exception, "Paper broker lost the connection of {Endpoint}", route.Endpoint);
            return Silence();
        }
        catch (Exception exception)
        {
            _logger.LogError(exception, "Paper broker failed at {Endpoint}", route.Endpoint);
            return Reply(Peek(front, route), PaperAnswer.Problem(500, "internal-error", "Internal error"));
        }
    }

    private async Task<PaperReply> Serve(PaperRequest request, AccountFront front, PaperRoute route, byte[] body)
    {
        var fault = front.Engine.Faults.Take(route.Endpoint);
        switch (fault?.Kind)
        {
            case PaperFaultKind.LostRequest:
                return Silence();
            case PaperFaultKind.StatusBefore:
                return Reply(front.Limiter.Peek(route.Endpoint), Failure(fault.Status));
            case PaperFaultKind.TooManyRequests:
                return Reply(front.Limiter.Exhausted(route.Endpoint), TooMany());
            case PaperFaultKind.NotOwned:
                return Reply(front.Limiter.Take(route.Endpoint), PaperAnswer.Problem(Refusal.NotOwned(0m)));
            case PaperFaultKind.DelayedHandling:
                await Task.Delay(fault.Delay, _time, _stopping);
                break;
            default:
                break;
        }

        var (rate, answer) = Answer(request, front, route, body);
        switch (fault?.Kind)
        {
            case PaperFaultKind.LostAnswer:
                return Silence();
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

        return Reply(rate, answer, fault?.Kind == PaperFaultKind.CutBody);
    }

    private static (RateState Rate, PaperAnswer Answer) Answer(PaperRequest request, AccountFront front, PaperRoute route, byte[] body)
    {
        if (Doorkeeper.MissingScope(front.Scopes, route.Endpoint) is { } scope)
        {
            return (front.Limiter.Peek(route.Endpoint), PaperAnswer.Problem(Refusal.MissingScope(scope)));
        }

        var rate = front.Limiter.Take(route.Endpoint);
        return (rate, rate.Allowed ? front.Api.Handle(route, request.Query, body) : TooMany());
    }

    private RateState Peek(AccountFront? front, PaperRoute route) =>
        front?.Limiter.Peek(route.Endpoint) ?? RateLimiter.Unused(route.Endpoint, _time.GetUtcNow());

    private PaperReply Reply(RateState? rate, PaperAnswer answer, bool isCut = false) => new(answer, rate, _time.GetUtcNow(), isCut);

    private PaperReply Silence() => new(null, null, _time.GetUtcNow(), true);

    private static PaperAnswer TooMany() => PaperAnswer.Problem(429, "too-many-requests", "Too many requests");

    private static PaperAnswer Failure(int status) => PaperAnswer.Problem(status, "unavailable", status == 408 ? "Timed-out" : "Unavailable");
}

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MicroTrader.Simulators.Http;

namespace MicroTrader.Simulators.Massive.Admin;

/// <summary>The admin API: trades, quotes, faults, statistics, the market's state, a new day. It asks for no key; <see cref="LocalGuard"/> keeps web pages out.</summary>
internal sealed class MassiveAdminApplication : LocalApplication
{
    private const int MaxTimes = 10_000;

    // Longer than any simulation; keeps every time inside its range.
    private const double MaxSeconds = 24 * 3600.0;

    private readonly FakeMassive _massive;
    private readonly ILogger _logger;

    public MassiveAdminApplication(FakeMassive massive, ILogger logger)
    {
        _massive = massive;
        _logger = logger;
    }

    /// <inheritdoc/>
    public override async Task ProcessRequestAsync(HttpContext context)
    {
        try
        {
            var (status, body) = await AnswerAsync(context);
            context.Response.StatusCode = status;
            context.Response.ContentType = body.Length > 0 ? "application/json" : null;
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
        catch (Exception exception) when (exception is ConnectionResetException or ConnectionAbortedException or OperationCanceledException)
        {
            _logger.LogDebug(exception, "Massive look-alike lost the connection of an admin request");
            context.Abort();
        }
        catch (Exception exception)
        {
            _logger.LogError(exception, "Massive look-alike failed at an admin request");
            context.Abort();
        }
    }

    private static (int Status, byte[] Body) Refuse(int status, string error) =>
        (status, JsonSerializer.SerializeToUtf8Bytes(new AdminRefusal(error), MassiveAdminJson.Default.AdminRefusal));

    private static T Read<T>(byte[] body, JsonTypeInfo<T> type)
        where T : class => JsonSerializer.Deserialize(body, type) ?? throw new ArgumentException("the body is null; give a JSON object");

    private static TimeSpan Seconds(double seconds, string name) => seconds is >= 0 and <= MaxSeconds
        ? TimeSpan.FromSeconds(seconds)
        : throw new ArgumentException(FormattableString.Invariant($"{name} is {seconds}; allowed are 0 to {MaxSeconds} (a day)"));

    private async Task<(int Status, byte[] Body)> AnswerAsync(HttpContext context)
    {
        if (LocalGuard.OfHost(context) is { } foreign)
        {
            return Refuse(403, foreign.Detail);
        }

        var (matched, status) = MassiveAdminRoute.Match(context.Request.Method, context.Request.Path.Value);
        if (matched is not { } action)
        {
            return Refuse(status, status == 404 ? "no such path" : "method not allowed");
        }

        if (action == MassiveAdminAction.ReadStatistics)
        {
            return (200, JsonSerializer.SerializeToUtf8Bytes(_massive.Statistics, MassiveAdminJson.Default.FakeMassiveStatistics));
        }

        if (LocalGuard.OfChange(context) is { } missing)
        {
            return Refuse(403, missing.Detail);
        }

        try
        {
            Do(action, await RequestBody.ReadAsync(context));
            return (200, []);
        }
        catch (BadHttpRequestException exception)
        {
            return Refuse(exception.StatusCode, exception.Message);
        }
        catch (Exception exception) when (exception is ArgumentException or JsonException)
        {
            // One line; the framework adds the parameter's name on another.
            return Refuse(400, exception.Message.ReplaceLineEndings(" "));
        }
    }

    private void Do(MassiveAdminAction action, byte[] body)
    {
        switch (action)
        {
            case MassiveAdminAction.PublishTrade:
                Publish(Read(body, MassiveAdminJson.Default.AdminTradeRequest));
                break;
            case MassiveAdminAction.PublishQuote:
                Publish(Read(body, MassiveAdminJson.Default.AdminQuoteRequest));
                break;
            case MassiveAdminAction.AddFault:
                Add(Read(body, MassiveAdminJson.Default.AdminMassiveFaultRequest));
                break;
            case MassiveAdminAction.ClearFaults:
                _massive.Faults.Clear();
                break;
            case MassiveAdminAction.SetMarket:
                _massive.MarketState = Read(body, MassiveAdminJson.Default.AdminMarketRequest).State;
                break;
            case MassiveAdminAction.BeginDay:
                _massive.BeginDay();
                break;
            default:
                throw new InvalidOperationException($"No handler for {action}.");
        }
    }

    private void Publish(AdminTradeRequest request)
    {
        if (request is not { Symbol: { } symbol, Price: { } price, Size: { } size })
        {
            throw new ArgumentException("symbol, price and size are required");
        }

        _massive.Publish(new FakeTrade(symbol, price, size) { Time = request.Time, Conditions = request.Conditions ?? [] });
    }

    private void Publish(AdminQuoteRequest request)
    {
        if (request is not { Symbol: { } symbol, Bid: { } bid, Ask: { } ask })
        {
            throw new ArgumentException("symbol, bid and ask are required");
        }

        _massive.Publish(new FakeQuote(symbol, bid, request.BidLots ?? 1, ask, request.AskLots ?? 1) { Time = request.Time });
    }

    private void Add(AdminMassiveFaultRequest request)
    {
        if (request is not { Fault: { } kind, Place: { } place })
        {
            throw new ArgumentException($"fault and place are required; places are {string.Join(", ", Enum.GetNames<FakeMassivePlace>())}, faults {string.Join(", ", Enum.GetNames<FakeMassiveFaultKind>())}");
        }

        if (request.Times is < 1 or > MaxTimes || (request.Times is not null && request.UntilCleared))
        {
            throw new ArgumentException($"times is {request.Times}; allowed are 1 to {MaxTimes}, and not together with untilCleared");
        }

        var fault = new FakeMassiveFault(kind)
        {
            Status = request.Status ?? 0,
            Delay = request.DelaySeconds is { } delay ? Seconds(delay, "delaySeconds") : TimeSpan.Zero,
            RetryAfter = request.RetryAfterSeconds is { } after ? Seconds(after, "retryAfterSeconds") : null,
            RetryAfterIsDate = request.RetryAfterAsDate,
            Symbol = request.Symbol,
        };
        if (request.UntilCleared)
        {
            _massive.Faults.UntilCleared(place, fault);
        }
        else
        {
            _massive.Faults.Next(place, fault, request.Times ?? 1);
        }
    }
}

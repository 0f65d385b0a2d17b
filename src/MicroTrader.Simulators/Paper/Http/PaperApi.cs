using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using MicroTrader.Simulators.Paper.Core;

namespace MicroTrader.Simulators.Paper.Http;

/// <summary>What each endpoint does with a request that has arrived whole: parse, ask the engine, word the answer.</summary>
internal sealed class PaperApi
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 50;

    private readonly PaperEngine _engine;
    private readonly VenueRules _rules;
    private readonly TimeProvider _time;
    private readonly WireTradableInstrument[] _instruments;

    public PaperApi(PaperBrokerOptions options, VenueRules rules, PaperEngine engine)
    {
        _engine = engine;
        _rules = rules;
        _time = options.TimeProvider;
        _instruments = [.. options.Instruments.Select(WireMapper.Instrument)];
    }

    public PaperAnswer Handle(PaperRoute route, IQueryCollection query, ReadOnlySpan<byte> body) => route.Endpoint switch
    {
        PaperEndpoint.AccountSummary => PaperAnswer.Json(_engine.ReadSummary(), WireJson.Default.WireAccountSummary),
        PaperEndpoint.Positions => PaperAnswer.Json(_engine.AnswerPositions(Text(query, "ticker")), WireJson.Default.IReadOnlyListWirePosition),
        PaperEndpoint.PendingOrders => PaperAnswer.Json(_engine.AnswerPendingOrders(), WireJson.Default.IReadOnlyListWireOrder),
        PaperEndpoint.OrderById => _engine.AnswerPendingOrder(route.OrderNumber) is { } order
            ? PaperAnswer.Json(order, WireJson.Default.WireOrder)
            : PaperAnswer.Problem(Refusal.OrderNotFound(route.OrderNumber)),
        PaperEndpoint.PlaceMarketOrder or PaperEndpoint.PlaceLimitOrder or PaperEndpoint.PlaceStopOrder or PaperEndpoint.PlaceStopLimitOrder =>
            Place(route.Endpoint, body),
        PaperEndpoint.CancelOrder => _engine.Cancel(route.OrderNumber)
            ? PaperAnswer.Empty
            : PaperAnswer.Problem(Refusal.OrderNotFound(route.OrderNumber)),
        PaperEndpoint.HistoryOrders or PaperEndpoint.HistoryDividends or PaperEndpoint.HistoryTransactions => History(route.Endpoint, query),
        PaperEndpoint.Instruments => PaperAnswer.Json(_instruments, WireJson.Default.IReadOnlyListWireTradableInstrument),
        PaperEndpoint.Exchanges => PaperAnswer.Json(WireSchedules.Exchanges(_rules, _time.GetUtcNow()), WireJson.Default.IReadOnlyListWireExchange),
        _ => throw new InvalidOperationException($"No handler for {route.Endpoint}."),
    };

    private PaperAnswer Place(PaperEndpoint endpoint, ReadOnlySpan<byte> body)
    {
        OrderRequest? request;
        Refusal? refusal;
        try
        {
            (request, refusal) = endpoint switch
            {
                PaperEndpoint.PlaceLimitOrder => Limit(Read(body, WireJson.Default.WireLimitRequest)),
                PaperEndpoint.PlaceStopOrder => Stop(Read(body, WireJson.Default.WireStopRequest)),
                PaperEndpoint.PlaceStopLimitOrder => StopLimit(Read(body, WireJson.Default.WireStopLimitRequest)),
                _ => Market(Read(body, WireJson.Default.WireMarketRequest)),
            };
        }
        catch (JsonException exception)
        {
            // The venue says no more than this; the reason helps who debugs a client against the simulator.
            return PaperAnswer.Problem(Refusal.InvalidPayload(exception.Message));
        }

        if (request is null)
        {
            return PaperAnswer.Problem(refusal!);
        }

        (var order, refusal) = _engine.Place(request);
        return order is not null
            ? PaperAnswer.Json(_engine.Describe(order), WireJson.Default.WireOrder)
            : PaperAnswer.Problem(refusal!);
    }

    private static T? Read<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> type)
        where T : class => JsonSerializer.Deserialize(body, type);

    private static (OrderRequest?, Refusal?) Market(WireMarketRequest? body) => body is { Ticker: { Length: > 0 } ticker, Quantity: { } quantity }
        ? (new OrderRequest(ticker, quantity, body.ExtendedHours, "API"), null)
        : (null, Refusal.InvalidPayload("ticker and quantity are required"));

    private static (OrderRequest?, Refusal?) Limit(WireLimitRequest? body) => body is { Ticker: { Length: > 0 } ticker, Quantity: { } quantity, LimitPrice: { } limit }
        ? WithTerms(ticker, quantity, body.TimeValidity, validity => PaperOrderTerms.Limit(limit, validity))
        : (null, Refusal.InvalidPayload("ticker, quantity and limitPrice are required"));

    private static (OrderRequest?, Refusal?) Stop(WireStopRequest? body) => body is { Ticker: { Length: > 0 } ticker, Quantity: { } quantity, StopPrice: { } stop }
        ? WithTerms(ticker, quantity, body.TimeValidity, validity => PaperOrderTerms.Stop(stop, validity))
        : (null, Refusal.InvalidPayload("ticker, quantity and stopPrice are required"));

    private static (OrderRequest?, Refusal?) StopLimit(WireStopLimitRequest? body) =>
        body is { Ticker: { Length: > 0 } ticker, Quantity: { } quantity, LimitPrice: { } limit, StopPrice: { } stop }
            ? WithTerms(ticker, quantity, body.TimeValidity, validity => PaperOrderTerms.StopLimit(stop, limit, validity))
            : (null, Refusal.InvalidPayload("ticker, quantity, limitPrice and stopPrice are required"));

    private static (OrderRequest?, Refusal?) WithTerms(string ticker, decimal quantity, string? validity, Func<PaperTimeValidity, PaperOrderTerms> terms) =>
        WireWords.TryRead(validity, out var known)
            ? (new OrderRequest(ticker, quantity, null, "API") { Terms = terms(known.Value) }, null)
            : (null, Refusal.InvalidPayload($"timeValidity allows {WireWords.TimeValidities}"));

    private PaperAnswer History(PaperEndpoint endpoint, IQueryCollection query)
    {
        var limit = DefaultLimit;
        if (Text(query, "limit") is { } limitText
            && (!int.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
        {
            return PaperAnswer.Problem(Refusal.BadArguments($"limit must be 1 to {MaxLimit}"));
        }

        long? cursor = null;
        if (Text(query, "cursor") is { } cursorText)
        {
            if (!long.TryParse(cursorText, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed))
            {
                return PaperAnswer.Problem(Refusal.BadArguments("cursor must be one of a nextPagePath"));
            }

            cursor = parsed;
        }

        return endpoint switch
        {
            PaperEndpoint.HistoryDividends => PaperAnswer.Json(_engine.ReadDividends(limit, cursor, Text(query, "ticker")), WireJson.Default.WireDividendPage),
            PaperEndpoint.HistoryTransactions => Transactions(limit, cursor, Text(query, "time")),
            _ => PaperAnswer.Json(_engine.ReadHistory(limit, cursor, Text(query, "ticker")), WireJson.Default.WireHistoryPage),
        };
    }

    private PaperAnswer Transactions(int limit, long? cursor, string? time)
    {
        DateTimeOffset? from = null;
        if (time is not null)
        {
            if (!DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed))
            {
                return PaperAnswer.Problem(Refusal.BadArguments("time must be an ISO 8601 time"));
            }

            from = parsed;
        }

        return PaperAnswer.Json(_engine.ReadTransactions(limit, cursor, from, time), WireJson.Default.WireTransactionPage);
    }

    private static string? Text(IQueryCollection query, string name) =>
        query.TryGetValue(name, out var values) && values.Count > 0 && !string.IsNullOrEmpty(values[0]) ? values[0] : null;
}

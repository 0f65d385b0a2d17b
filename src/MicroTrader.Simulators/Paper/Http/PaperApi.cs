using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
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
    private readonly byte[] _credentialsHash;
    private readonly WireTradableInstrument[] _instruments;

    public PaperApi(PaperBrokerOptions options, VenueRules rules, PaperEngine engine)
    {
        _engine = engine;
        _rules = rules;
        _time = options.TimeProvider;
        _credentialsHash = SHA256.HashData(Encoding.UTF8.GetBytes($"{options.ApiKey}:{options.ApiSecret}"));
        _instruments = [.. options.Instruments.Select(WireMapper.Instrument)];
    }

    /// <summary>True when the header carries the account's key and secret as HTTP Basic.</summary>
    public bool IsAuthorized(string? header)
    {
        if (!AuthenticationHeaderValue.TryParse(header, out var value) || !"Basic".Equals(value.Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var buffer = new byte[(value.Parameter ?? string.Empty).Length];
        return Convert.TryFromBase64String(value.Parameter ?? string.Empty, buffer, out var length)
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(buffer.AsSpan(0, length)), _credentialsHash);
    }

    public PaperAnswer Handle(PaperRoute route, IQueryCollection query, ReadOnlySpan<byte> body) => route.Endpoint switch
    {
        PaperEndpoint.AccountSummary => PaperAnswer.Json(_engine.ReadSummary(), WireJson.Default.WireAccountSummary),
        PaperEndpoint.Positions => PaperAnswer.Json(_engine.AnswerPositions(Text(query, "ticker")), WireJson.Default.IReadOnlyListWirePosition),
        PaperEndpoint.PendingOrders => PaperAnswer.Json(_engine.ReadPendingOrders(), WireJson.Default.IReadOnlyListWireOrder),
        PaperEndpoint.OrderById => _engine.ReadPendingOrder(route.OrderNumber) is { } order
            ? PaperAnswer.Json(order, WireJson.Default.WireOrder)
            : PaperAnswer.Problem(Refusal.OrderNotFound(route.OrderNumber)),
        PaperEndpoint.PlaceMarketOrder => Place(body),
        PaperEndpoint.CancelOrder => _engine.Cancel(route.OrderNumber)
            ? PaperAnswer.Empty
            : PaperAnswer.Problem(Refusal.OrderNotFound(route.OrderNumber)),
        PaperEndpoint.HistoryOrders => History(query),
        PaperEndpoint.Instruments => PaperAnswer.Json(_instruments, WireJson.Default.IReadOnlyListWireTradableInstrument),
        PaperEndpoint.Exchanges => PaperAnswer.Json(WireSchedules.Exchanges(_rules, _time.GetUtcNow()), WireJson.Default.IReadOnlyListWireExchange),
        _ => throw new InvalidOperationException($"No handler for {route.Endpoint}."),
    };

    private PaperAnswer Place(ReadOnlySpan<byte> body)
    {
        WireMarketRequest? request;
        try
        {
            request = JsonSerializer.Deserialize(body, WireJson.Default.WireMarketRequest);
        }
        catch (JsonException exception)
        {
            // The venue says no more than this; the reason helps who debugs a client against the simulator.
            return PaperAnswer.Problem(Refusal.InvalidPayload(exception.Message));
        }

        if (request is not { Ticker: { Length: > 0 } ticker, Quantity: { } quantity })
        {
            return PaperAnswer.Problem(Refusal.InvalidPayload("ticker and quantity are required"));
        }

        var (order, refusal) = _engine.Place(new OrderRequest(ticker, quantity, request.ExtendedHours, "API"));
        return order is not null
            ? PaperAnswer.Json(_engine.Describe(order), WireJson.Default.WireOrder)
            : PaperAnswer.Problem(refusal!);
    }

    private PaperAnswer History(IQueryCollection query)
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
                return PaperAnswer.Problem(Refusal.BadArguments("cursor must be an integer"));
            }

            cursor = parsed;
        }

        return PaperAnswer.Json(_engine.ReadHistory(limit, cursor, Text(query, "ticker")), WireJson.Default.WireHistoryPage);
    }

    private static string? Text(IQueryCollection query, string name) =>
        query.TryGetValue(name, out var values) && values.Count > 0 && !string.IsNullOrEmpty(values[0]) ? values[0] : null;
}

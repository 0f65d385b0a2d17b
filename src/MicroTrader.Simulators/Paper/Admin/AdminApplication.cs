using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MicroTrader.Simulators.Http;
using MicroTrader.Simulators.Paper.Core;
using MicroTrader.Simulators.Paper.Http;

namespace MicroTrader.Simulators.Paper.Admin;

/// <summary>
/// The admin API: prices, faults, ledger, statistics, the person's orders, reset. It asks for no key; <see cref="LocalGuard"/> keeps web pages out.
/// </summary>
internal sealed class AdminApplication : LocalApplication
{
    private readonly IReadOnlyList<PaperAccount> _accounts;
    private readonly RequestCounters _counters;
    private readonly Action<string, decimal> _putPrice;
    private readonly ILogger _logger;

    public AdminApplication(IReadOnlyList<PaperAccount> accounts, RequestCounters counters, Action<string, decimal> putPrice, ILogger logger)
    {
        _accounts = accounts;
        _counters = counters;
        _putPrice = putPrice;
        _logger = logger;
    }

    /// <inheritdoc/>
    public override async Task ProcessRequestAsync(HttpContext context)
    {
        try
        {
            await WriteAsync(context, await AnswerAsync(context));
        }
        catch (BadHttpRequestException exception)
        {
            await WriteAsync(context, PaperAnswer.Problem(exception.StatusCode, "invalid-payload", "Invalid payload"));
        }
        catch (Exception exception) when (exception is ConnectionResetException or ConnectionAbortedException or OperationCanceledException)
        {
            _logger.LogDebug(exception, "Paper broker lost the connection of an admin request");
            context.Abort();
        }
        catch (Exception exception)
        {
            _logger.LogError(exception, "Paper broker failed at an admin request");
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            await WriteAsync(context, PaperAnswer.Problem(500, "internal-error", "Internal error"));
        }
    }

    private async Task<PaperAnswer> AnswerAsync(HttpContext context)
    {
        if (LocalGuard.OfHost(context) is { } foreign)
        {
            return Refuse(403, foreign.Type, foreign.Detail);
        }

        var (matched, status) = AdminRoute.Match(context.Request.Method, context.Request.Path.Value);
        if (matched is not { } route)
        {
            return Refuse(status, "not-found", status == 404 ? "No such path" : "Method not allowed");
        }

        if (route.ChangesState && LocalGuard.OfChange(context) is { } missing)
        {
            return Refuse(403, missing.Type, missing.Detail);
        }

        var body = await RequestBody.ReadAsync(context);
        try
        {
            return Handle(route, context.Request.Query, body);
        }
        catch (Exception exception) when (exception is AdminException or PaperBrokerException)
        {
            return Refuse(400, "invalid-request", exception.Message);
        }
        catch (JsonException exception)
        {
            return Refuse(400, "invalid-payload", exception.Message);
        }
    }

    private PaperAnswer Handle(AdminRoute route, IQueryCollection query, byte[] body)
    {
        switch (route.Action)
        {
            case AdminAction.PutPrice:
                PutPrice(route.Ticker!, Read(body, AdminJson.Default.AdminPriceRequest));
                return PaperAnswer.Empty;
            case AdminAction.AddFault:
                var fault = Read(body, AdminJson.Default.AdminFaultRequest);
                AdminFaults.Add(Account(fault.Account).Faults, fault);
                return PaperAnswer.Empty;
            case AdminAction.ClearFaults:
                foreach (var account in AccountOf(query) is { } one ? [one] : _accounts)
                {
                    account.Faults.Clear();
                }

                return PaperAnswer.Empty;
            case AdminAction.ReadLedger:
                return PaperAnswer.Json((AccountOf(query) ?? _accounts[0]).ReadLedger(), AdminJson.Default.PaperLedger);
            case AdminAction.ReadStatistics:
                return PaperAnswer.Json(Statistics(AccountOf(query)), AdminJson.Default.AdminStatistics);
            case AdminAction.PlaceOrder:
                return PaperAnswer.Json(PlaceOrder(Read(body, AdminJson.Default.AdminOrderRequest)), AdminJson.Default.PaperOrder);
            case AdminAction.Reset:
                Account(body.Length == 0 ? null : Read(body, AdminJson.Default.AdminResetRequest).Account).Reset();
                return PaperAnswer.Empty;
            default:
                throw new InvalidOperationException($"No handler for {route.Action}.");
        }
    }

    // Without an account: requests of all, strangers' included, and the first one's faults.
    private AdminStatistics Statistics(PaperAccount? account) => new(
        Enum.GetValues<PaperEndpoint>().ToDictionary(e => e.ToString(), e => account?.RequestsReceived(e) ?? _counters.Read(e)),
        (account ?? _accounts[0]).Faults.Struck);

    private void PutPrice(string ticker, AdminPriceRequest request)
    {
        try
        {
            _putPrice(ticker, request.Price ?? throw new AdminException("price is missing; give the price of one share in the instrument's currency"));
        }
        catch (ArgumentException exception)
        {
            // The message's first line; the framework adds the parameter's name and value on others.
            throw new AdminException(exception.Message.ReplaceLineEndings(" "));
        }
    }

    private PaperOrder PlaceOrder(AdminOrderRequest request)
    {
        if (request is not { Ticker: { Length: > 0 } ticker, Quantity: { } quantity })
        {
            throw new AdminException("ticker and quantity are required");
        }

        if (!WireWords.TryRead(request.TimeValidity, out var validity))
        {
            throw new AdminException($"timeValidity is '{request.TimeValidity}'; allowed are {WireWords.TimeValidities}");
        }

        var terms = (request.Type ?? "MARKET", request.LimitPrice, request.StopPrice) switch
        {
            ("MARKET", null, null) => PaperOrderTerms.Market,
            ("LIMIT", { } limit, null) => PaperOrderTerms.Limit(limit, validity.Value),
            ("STOP", null, { } stop) => PaperOrderTerms.Stop(stop, validity.Value),
            ("STOP_LIMIT", { } limit, { } stop) => PaperOrderTerms.StopLimit(stop, limit, validity.Value),
            _ => throw new AdminException("type allows MARKET, LIMIT with limitPrice, STOP with stopPrice, and STOP_LIMIT with both"),
        };
        var origin = string.IsNullOrWhiteSpace(request.InitiatedFrom) ? "IOS" : request.InitiatedFrom;
        return Account(request.Account).PlaceByPerson(ticker, quantity, terms, origin);
    }

    private PaperAccount? AccountOf(IQueryCollection query)
    {
        if (!query.TryGetValue("account", out var values))
        {
            return null;
        }

        return long.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Account(number)
            : throw new AdminException($"account is '{values}'; give an account number");
    }

    private PaperAccount Account(long? number) => number is null
        ? _accounts[0]
        : _accounts.FirstOrDefault(a => a.AccountId == number)
            ?? throw new AdminException($"account is {number}; allowed are {string.Join(", ", _accounts.Select(static a => a.AccountId))}");

    private static T Read<T>(byte[] body, JsonTypeInfo<T> type)
        where T : class => JsonSerializer.Deserialize(body, type) ?? throw new AdminException("the body is null; give a JSON object");

    private static PaperAnswer Refuse(int status, string type, string detail) => PaperAnswer.Problem(new Refusal(status, type, "Admin request refused", detail));

    private static async Task WriteAsync(HttpContext context, PaperAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using MicroTrader.Actors.Journal;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Host.Api;

/// <summary>
/// The control API, on loopback. Calls that change something ask for a header that a page of another site cannot send without being asked first
/// (it makes the request one that browsers check beforehand, and nothing here answers such a check).
/// </summary>
internal static class ControlApi
{
    /// <summary>The header of calls that change something; any value will do.</summary>
    public const string ChangeHeader = "X-MicroTrader";

    private const int MostTrades = 1_000;

    /// <summary>Adds the endpoints.</summary>
    public static void MapControlApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1").AddEndpointFilter(GuardAsync);
        api.MapGet("/status", async (IRobotQueries robot, CancellationToken stop) => TypedResults.Json(await robot.StatusAsync(stop), HostJson.Default.RobotStatus));
        api.MapGet("/positions", async (IRobotQueries robot, CancellationToken stop) => TypedResults.Json(await robot.PositionsAsync(stop), HostJson.Default.IReadOnlyListPositionView));
        api.MapGet("/trades", async (IRobotQueries robot, CancellationToken stop) => TypedResults.Json(await robot.TradesAsync(MostTrades, stop), HostJson.Default.IReadOnlyListTradeView));
        api.MapGet("/symbols", async (IRobotQueries robot, CancellationToken stop) => TypedResults.Json(await robot.SymbolsAsync(stop), HostJson.Default.IReadOnlyListSymbolView));
        api.MapGet("/explain/{reference}", ExplainAsync);
        api.MapPost("/inspect", async (IRobotQueries robot, CancellationToken stop) => TypedResults.Json(await robot.InspectAsync(stop), HostJson.Default.IReadOnlyListActorReport));
        api.MapPost("/pause", (IRobotCommands robot, CancellationToken stop) => Done(robot.SetTradingStateAsync(TradingState.ExitOnly, "paused by a person", stop)));
        api.MapPost("/resume", (IRobotCommands robot, CancellationToken stop) => Done(robot.SetTradingStateAsync(TradingState.Active, "resumed by a person", stop)));
        api.MapPost("/flatten", (IRobotCommands robot, CancellationToken stop) => Done(robot.FlattenAsync(stop)));
        api.MapPost("/stop-all", (IRobotQueries queries, IRobotCommands robot, CancellationToken stop) => Done(StopAllAsync(queries, robot, stop)));
        api.MapPost("/reconcile", (IRobotCommands robot, CancellationToken stop) => Done(robot.ReconcileAsync(stop)));
        api.MapPost("/close/{symbol}", (string symbol, IRobotCommands robot, CancellationToken stop) =>
            Symbol.TryParse(symbol, out var parsed) ? Done(robot.CloseAsync(parsed, stop)) : Wrong($"'{symbol}' is not a symbol"));
        api.MapPost("/resolve/{symbol}/{choice}", (string symbol, string choice, string? order, string? confirmed, IRobotCommands robot, CancellationToken stop) =>
            ResolveAsync(symbol, choice, order, confirmed, robot, stop));
    }

    private static async Task<Results<JsonHttpResult<Explanation>, JsonHttpResult<ApiProblem>>> ExplainAsync(string reference, IRobotQueries robot, CancellationToken stop)
    {
        try
        {
            var answer = await robot.ExplainAsync(reference, stop);
            return answer.Explanation is { } explanation
                ? TypedResults.Json(explanation, HostJson.Default.Explanation)
                : TypedResults.Json(new ApiProblem(answer.Problem!), HostJson.Default.ApiProblem, statusCode: StatusCodes.Status404NotFound);
        }
        catch (JournalException e)
        {
            return TypedResults.Json(new ApiProblem(e.Message), HostJson.Default.ApiProblem, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    // What stays unmanaged is asked for once nothing is sent any more: it cannot grow from there on.
    private static async Task<CommandResult> StopAllAsync(IRobotQueries queries, IRobotCommands robot, CancellationToken stop)
    {
        var set = await robot.SetTradingStateAsync(TradingState.Stopped, "stopped by a person", stop);
        if (!set.Done)
            return set;
        try
        {
            return set with { Message = $"{set.Message}. {StopWarning.Of(await queries.PositionsAsync(stop))}" };
        }
        catch (TimeoutException e)
        {
            return set with { Message = $"{set.Message}. No orders at all from now on; what is open could not be listed ({e.Message}): positions tells. resume ends it." };
        }
    }

    private static Task<JsonHttpResult<CommandResult>> ResolveAsync(
        string symbol, string choice, string? order, string? confirmed, IRobotCommands robot, CancellationToken stop)
    {
        if (!Symbol.TryParse(symbol, out var parsed))
            return Wrong($"'{symbol}' is not a symbol");
        if (InterventionWords.ParseResolution(choice) is not { } resolution)
            return Wrong($"'{choice}' is not allowed; allowed is mine, not-mine, sell");
        long? orderId = null;
        if (order is not null)
        {
            if (!long.TryParse(order, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                return Wrong($"order: '{order}' is not allowed; allowed is the broker's number of an order");
            orderId = id;
        }

        return confirmed is null or "false" or "true"
            ? Done(robot.ResolveAsync(parsed, resolution, orderId, confirmed == "true", stop))
            : Wrong($"confirmed: '{confirmed}' is not allowed; allowed is true or false");
    }

    private static Task<JsonHttpResult<CommandResult>> Wrong(string message) =>
        Task.FromResult(TypedResults.Json(new CommandResult(false, message), HostJson.Default.CommandResult, statusCode: StatusCodes.Status400BadRequest));

    private static async Task<JsonHttpResult<CommandResult>> Done(Task<CommandResult> command)
    {
        var result = await command;
        return TypedResults.Json(result, HostJson.Default.CommandResult, statusCode: result.Done ? StatusCodes.Status200OK : StatusCodes.Status409Conflict);
    }

    private static async ValueTask<object?> GuardAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (!HttpMethods.IsGet(request.Method) && !request.Headers.ContainsKey(ChangeHeader))
        {
            return TypedResults.Json(
                new ApiProblem($"a call that changes something needs the header {ChangeHeader}"), HostJson.Default.ApiProblem, statusCode: StatusCodes.Status403Forbidden);
        }

        context.HttpContext.Response.Headers.CacheControl = "no-store";
        try
        {
            return await next(context);
        }
        catch (TimeoutException e)
        {
            return TypedResults.Json(new ApiProblem(e.Message), HostJson.Default.ApiProblem, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}

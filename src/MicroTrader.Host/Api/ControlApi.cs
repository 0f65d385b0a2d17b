using System.Text.Json.Serialization;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Host.Api;

/// <summary>The JSON of the control API and of <c>--json</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RobotStatus))]
[JsonSerializable(typeof(IReadOnlyList<PositionView>))]
[JsonSerializable(typeof(IReadOnlyList<TradeView>))]
[JsonSerializable(typeof(IReadOnlyList<SymbolView>))]
[JsonSerializable(typeof(IReadOnlyList<ActorReport>))]
[JsonSerializable(typeof(CommandResult))]
[JsonSerializable(typeof(ApiProblem))]
internal sealed partial class HostJson : JsonSerializerContext;

/// <summary>Why a call was not done.</summary>
/// <param name="Error">In one line.</param>
internal sealed record ApiProblem(string Error);

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
        api.MapPost("/inspect", async (IRobotQueries robot, CancellationToken stop) => TypedResults.Json(await robot.InspectAsync(stop), HostJson.Default.IReadOnlyListActorReport));
        api.MapPost("/pause", (IRobotCommands robot, CancellationToken stop) => Done(robot.SetTradingStateAsync(TradingState.ExitOnly, "paused by a person", stop)));
        api.MapPost("/resume", (IRobotCommands robot, CancellationToken stop) => Done(robot.SetTradingStateAsync(TradingState.Active, "resumed by a person", stop)));
        api.MapPost("/flatten", (IRobotCommands robot, CancellationToken stop) => Done(robot.FlattenAsync(stop)));
        api.MapPost("/close/{symbol}", (string symbol, IRobotCommands robot, CancellationToken stop) =>
            Symbol.TryParse(symbol, out var parsed)
                ? Done(robot.CloseAsync(parsed, stop))
                : Task.FromResult(TypedResults.Json(new CommandResult(false, $"'{symbol}' is not a symbol"), HostJson.Default.CommandResult, statusCode: StatusCodes.Status400BadRequest)));
    }

    private static async Task<Microsoft.AspNetCore.Http.HttpResults.JsonHttpResult<CommandResult>> Done(Task<CommandResult> command)
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

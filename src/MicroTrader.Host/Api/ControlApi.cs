using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using MicroTrader.Actors.Journal;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Host.Api;

/// <summary>
/// The control API. Calls that change something ask for a header that a page of another site cannot send without being asked first (it makes the request one
/// that browsers check beforehand, and nothing here answers such a check).
/// </summary>
internal static partial class ControlApi
{
    /// <summary>The header of calls that change something; any value will do.</summary>
    public const string ChangeHeader = "X-MicroTrader";

    /// <summary>The path of everything here.</summary>
    public const string Root = "/api/v1";

    /// <summary>Adds the endpoints.</summary>
    public static void MapControlApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup(Root).AddEndpointFilter(GuardAsync).RequireRateLimiting(ApiLimits.Policy).ProducesProblems();
        MapQueries(api);
        MapChange(api, "/pause", "Pause", "No entries from now on; exits go on. It stays so across restarts.", (IRobotCommands robot, CancellationToken stop) => Done(robot.SetTradingStateAsync(TradingState.ExitOnly, "paused by a person", stop)));
        MapChange(api, "/resume", "Resume", "Entries and exits are allowed again.", (IRobotCommands robot, CancellationToken stop) => Done(robot.SetTradingStateAsync(TradingState.Active, "resumed by a person", stop)));
        MapChange(api, "/flatten", "Flatten", "No entries from now on, and every position is sold.", (IRobotCommands robot, CancellationToken stop) => Done(robot.FlattenAsync(stop)));
        MapChange(api, "/stop-all", "StopAll", "No orders at all from now on: what is open stays unmanaged until resume.", (IRobotQueries queries, IRobotCommands robot, CancellationToken stop) => Done(StopAllAsync(queries, robot, stop)));
        MapChange(api, "/reconcile", "Reconcile", "Compares journal and broker now; answers when that is through.", (IRobotCommands robot, CancellationToken stop) => Done(robot.ReconcileAsync(stop)));
        MapChange(api, "/close/{symbol}", "Close", "Sells one position.", (string symbol, IRobotCommands robot, CancellationToken stop) =>
            Symbol.TryParse(symbol, out var parsed) ? Done(robot.CloseAsync(parsed, stop)) : Wrong($"'{symbol}' is not a symbol"));
        MapChange(api, "/resolve/{symbol}/{choice}", "Resolve", "Says what is true of a symbol that needs the person: mine, not-mine or sell. Without confirmed=true it only says what it would do.", (string symbol, string choice, string? order, string? confirmed, IRobotCommands robot, CancellationToken stop) =>
            ResolveAsync(symbol, choice, order, confirmed, robot, stop));
        // Beside the others: a stream lasts, and has a limit of its own.
        endpoints.MapGroup(Root).MapGet("/events", EventStream.Follow).WithName("Events").WithTags("Questions")
            .WithSummary("Changes as server-sent events: status, positions, trades, decisions, account, health; ping every 15 s.").Produces(StatusCodes.Status200OK, contentType: "text/event-stream").ProducesProblems();
    }

    private static void MapChange(RouteGroupBuilder api, string path, string name, string summary, Delegate handler) => api
        .MapPost(path, handler)
        .WithName(name)
        .WithTags("Changes")
        .WithSummary(summary)
        .Produces<CommandResult>()
        .Produces<CommandResult>(StatusCodes.Status400BadRequest)
        .Produces<CommandResult>(StatusCodes.Status409Conflict);

    private static TBuilder ProducesProblems<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(
            new ProducesResponseTypeMetadata(StatusCodes.Status403Forbidden, typeof(ApiProblem), ["application/json"]),
            new ProducesResponseTypeMetadata(StatusCodes.Status503ServiceUnavailable, typeof(ApiProblem), ["application/json"]));

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
        catch (JournalException e)
        {
            return TypedResults.Json(new ApiProblem(e.Message), HostJson.Default.ApiProblem, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}

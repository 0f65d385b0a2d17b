using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using MicroTrader.Dashboard.Components;
using MicroTrader.Dashboard.Security;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Dashboard.Endpoints;

/// <summary>Answers the page at <c>/</c>.</summary>
internal static class HomeEndpoint
{
    /// <summary>How many trades the page shows.</summary>
    public const int NewestTrades = 50;

    /// <summary>
    /// Asks everything at once, then renders. A part that does not answer in time costs its own section and the status 200, not the page:
    /// that is when a person most needs to see the rest.
    /// </summary>
    public static async Task<RazorComponentResult<HomePage>> AnswerAsync(
        HttpContext context, IRobotQueries robot, TimeProvider time, ILoggerFactory loggers)
    {
        SecurityHeaders.Apply(context.Response);
        var log = loggers.CreateLogger("MicroTrader.Dashboard");
        var aborted = context.RequestAborted;
        var status = InTimeAsync(() => robot.StatusAsync(aborted), "status", log);
        var symbols = InTimeAsync(() => robot.SymbolsAsync(aborted), "symbols", log);
        var positions = InTimeAsync(() => robot.PositionsAsync(aborted), "positions", log);
        var trades = InTimeAsync(() => robot.TradesAsync(NewestTrades, aborted), "trades", log);
        await Task.WhenAll(status, symbols, positions, trades);

        var parameters = new Dictionary<string, object?>
        {
            [nameof(HomePage.Now)] = time.GetUtcNow(),
            [nameof(HomePage.Refreshes)] = context.Request.Query["refresh"] != "off",
            [nameof(HomePage.Status)] = await status,
            [nameof(HomePage.Symbols)] = await symbols,
            [nameof(HomePage.Positions)] = await positions,
            [nameof(HomePage.Trades)] = await trades,
        };
        var complete = !parameters.ContainsValue(null);
        return new RazorComponentResult<HomePage>(parameters)
        {
            StatusCode = complete ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable,
            PreventStreamingRendering = true,
        };
    }

    /// <summary>The answer; null where it took too long, which the page then says in words.</summary>
    private static async Task<T?> InTimeAsync<T>(Func<Task<T>> ask, string what, ILogger log)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (TimeoutException e)
        {
            // Debug: an open page asks every two seconds, and who looks at it reads the same there.
            log.LogDebug(e, "The page got no answer in time about {Part}", what);
            return null;
        }
    }
}

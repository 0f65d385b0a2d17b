using MicroTrader.Dashboard.Live;

namespace MicroTrader.Host.Api;

/// <summary>What a watchdog asks: whether the process lives, and whether it may trade. They say no more than that, so they ask for no token.</summary>
internal static class HealthEndpoints
{
    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", () => TypedResults.Text("live\n")).ExcludeFromDescription();
        endpoints.MapGet("/health/ready", async (LiveView view, CancellationToken stop) => (await view.LookAsync(stop)).Status switch
        {
            { Ready: true } => TypedResults.Text("ready\n"),
            null => TypedResults.Text("not ready: the robot did not answer\n", statusCode: StatusCodes.Status503ServiceUnavailable),
            _ => TypedResults.Text("not ready\n", statusCode: StatusCodes.Status503ServiceUnavailable),
        }).ExcludeFromDescription();
    }
}

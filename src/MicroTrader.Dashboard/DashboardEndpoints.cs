using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using MicroTrader.Dashboard.Components;
using MicroTrader.Dashboard.Live;
using MicroTrader.Dashboard.Security;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Dashboard;

/// <summary>Puts the dashboard's pages on a host's routes.</summary>
public static class DashboardEndpoints
{
    private const int MostTrades = 100_000;

    /// <summary>
    /// Stands before everything that answers: checks the Host header (400), where a call comes from (403), the size of its body (413) and the token (401, or
    /// the login page), and sets the headers that keep browsers safe. Call it first.
    /// </summary>
    /// <param name="app">The host's pipeline.</param>
    /// <param name="gate">Who may reach it.</param>
    /// <returns>The same pipeline.</returns>
    public static IApplicationBuilder UseMicroTraderGate(this IApplicationBuilder app, WebGate gate)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(gate);
        return app.UseMiddleware<GateMiddleware>(gate);
    }

    /// <summary>
    /// Maps the page at <c>/</c>, a page for each trade below <c>/trades/</c>, the trades as CSV at <c>/trades.csv</c> (<c>?symbol=</c>, <c>?reason=</c>), and
    /// the files that they need. <see cref="UseMicroTraderGate"/> and <c>UseAntiforgery</c> come before.
    /// </summary>
    /// <param name="app">The host's pipeline and routes.</param>
    /// <param name="manifest">The list of static files; null for the one beside the application's assembly.</param>
    /// <returns>The same.</returns>
    public static WebApplication MapMicroTraderDashboard(this WebApplication app, string? manifest = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.MapStaticAssets(manifest);
        app.MapGet("/trades.csv", CsvAsync);
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null)
            .WithStaticAssets(manifest)
            .Add(endpoint => LimitPages(endpoint));
        return app;
    }

    // A new live page is refused where too many are open; those that are open go on.
    private static void LimitPages(EndpointBuilder endpoint)
    {
        if (endpoint is not RouteEndpointBuilder { RoutePattern.RawText: { } route } || !route.Contains("_blazor/negotiate", StringComparison.Ordinal) || endpoint.RequestDelegate is not { } next)
            return;
        endpoint.RequestDelegate = context =>
        {
            var services = context.RequestServices;
            var gate = (WebGate)services.GetService(typeof(WebGate))!;
            if (((OpenPages)services.GetService(typeof(OpenPages))!).Count < gate.MostPages)
                return next(context);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.ContentType = "text/plain; charset=utf-8";
            return context.Response.WriteAsync(
                string.Create(CultureInfo.InvariantCulture, $"Refused: {gate.MostPages} pages are open already; close one.\n"), context.RequestAborted);
        };
    }

    private static async Task CsvAsync(HttpContext context, IRobotQueries robot, string? symbol, string? reason)
    {
        var trades = new List<TradeView>();
        try
        {
            for (var page = 1; trades.Count < MostTrades; page++)
            {
                var read = await robot.TradePageAsync(new TradeQuery(page, TradeQuery.MostSize, symbol, reason), context.RequestAborted);
                trades.AddRange(read.Trades);
                if (read.Trades.Count < TradeQuery.MostSize)
                    break;
            }
        }
        catch (TimeoutException e)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(e.Message + "\n", context.RequestAborted);
            return;
        }

        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"trades.csv\"";
        // A trade that ended between two pages stands on both.
        await context.Response.WriteAsync(TradeCsv.Of(trades.DistinctBy(t => (t.Symbol, t.TradeNumber))), Encoding.UTF8, context.RequestAborted);
    }
}

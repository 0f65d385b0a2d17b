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
    /// Maps the page at <c>/</c>, a page for each trade below <c>/trades/</c>, the trades as CSV at <c>/trades.csv</c> (<c>?symbol=</c>, <c>?reason=</c>, <c>?from=</c>, <c>?to=</c>, <c>?text=</c>), and
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

    // Page by page, as it is read: however many there are, no more than one page of them is held.
    private static async Task CsvAsync(HttpContext context, IRobotQueries robot, string? symbol, string? reason, string? from, string? to, string? text)
    {
        var (first, end) = (DayText.Parse(from, isEnd: false), DayText.Parse(to, isEnd: true));
        if ((from is not null && first is null) || (to is not null && end is null))
        {
            await SayAsync(context, StatusCodes.Status400BadRequest, $"{(from is not null && first is null ? $"from: '{from}'" : $"to: '{to}'")} is not allowed; allowed is {DayText.Forms}");
            return;
        }

        // What ends meanwhile stays out, so that no page moves.
        var query = new TradeQuery(1, TradeQuery.MostSize, symbol, reason, first, end, text);
        TradePage read;
        try
        {
            read = await robot.TradePageAsync(query, context.RequestAborted);
        }
        catch (TimeoutException e)
        {
            await SayAsync(context, StatusCodes.Status503ServiceUnavailable, e.Message);
            return;
        }

        if (read.Trades is [var newest, ..])
            query = query with { Before = newest.CloseTime.AddTicks(1) };
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"trades.csv\"";
        await context.Response.WriteAsync(TradeCsv.Heading, Encoding.UTF8, context.RequestAborted);
        while (true)
        {
            await context.Response.WriteAsync(TradeCsv.Rows(read.Trades), Encoding.UTF8, context.RequestAborted);
            if (read.Trades.Count < query.Size)
                return;
            query = query with { Page = query.Page + 1 };
            try
            {
                read = await robot.TradePageAsync(query, context.RequestAborted);
            }
            catch (TimeoutException)
            {
                // Half a file must not look like a whole one: the connection is cut, and the browser says that the download failed.
                context.Abort();
                return;
            }
        }
    }

    private static Task SayAsync(HttpContext context, int status, string words)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(words + "\n", context.RequestAborted);
    }
}

using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.HttpResults;
using MicroTrader.Dashboard.Live;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Host.Api;

/// <content>The calls that change nothing.</content>
internal static partial class ControlApi
{
    private const int MostItems = 1_000;

    private static void MapQueries(RouteGroupBuilder api)
    {
        Map<RobotStatus>(api, "/status", "Status", "The robot at a glance.", async (IRobotQueries robot, CancellationToken stop) => Answer(await robot.StatusAsync(stop), HostJson.Default.RobotStatus));
        Map<TradingStateView>(api, "/state", "State", "What the robot may do now.", async (IRobotQueries robot, CancellationToken stop) => Answer(TradingStateView.Of(await robot.StatusAsync(stop)), HostJson.Default.TradingStateView));
        Map<IReadOnlyList<PositionView>>(api, "/positions", "Positions", "The positions that are not CLOSED, by symbol.", async (IRobotQueries robot, CancellationToken stop) => Answer(await robot.PositionsAsync(stop), HostJson.Default.IReadOnlyListPositionView));
        Map<IReadOnlyList<SymbolView>>(api, "/symbols", "Symbols", "The symbols, with why there is no entry.", async (IRobotQueries robot, CancellationToken stop) => Answer(await robot.SymbolsAsync(stop), HostJson.Default.IReadOnlyListSymbolView));
        Map<IReadOnlyList<TradeView>>(api, "/trades", "Trades", "Trades that are over, newest first: a page of them (page from 1, size 1 to 1000, all by default as far as one page holds), only of a symbol or reason, only closed from or to a day (UTC, taken in whole) or time, where they are given. X-Total-Count says how many there are, Link where the pages before and after are.", TradesAsync)
            .Produces<ApiProblem>(StatusCodes.Status400BadRequest);
        Map<IReadOnlyList<OrderView>>(api, "/orders", "Orders", "The newest orders, newest first, those of trades that are over included; most (1 to 1000).", OrdersAsync)
            .Produces<ApiProblem>(StatusCodes.Status400BadRequest);
        Map<Explanation>(api, "/explain/{reference}", "Explain", "What became of a trade (AXSM-17) or an order (AXSM-17-B1), step by step.", ExplainAsync)
            .Produces<ApiProblem>(StatusCodes.Status404NotFound);
        Map<HealthView>(api, "/health", "Health", "The robot's health: one word for the whole (Good, Watch, Act) and its parts.", async (LiveView view, CancellationToken stop) => Answer((await view.LookAsync(stop)).Health, HostJson.Default.HealthView));
        Map<AccountView>(api, "/account", "Account", "The account's money, as the broker last said it.", async (IRobotQueries robot, CancellationToken stop) => Answer(await robot.AccountAsync(stop), HostJson.Default.AccountView));
        Map<BrokerView>(api, "/broker", "Broker", "What may still be asked of the broker, and what is under way.", async (IRobotQueries robot, CancellationToken stop) => Answer(await robot.BrokerAsync(stop), HostJson.Default.BrokerView));
        Map<IReadOnlyList<DecisionView>>(api, "/decisions", "Decisions", "The newest wishes to enter and what became of them.", (IDecisionFeed feed) => Answer(feed.Newest(MostItems), HostJson.Default.IReadOnlyListDecisionView));
        Map<IReadOnlyList<Candle>>(api, "/candles/{symbol}", "Candles", "The newest candles of a symbol, oldest first; seconds (1 to 3600, 5 by default) is how long one is.", CandlesOf)
            .Produces<ApiProblem>(StatusCodes.Status400BadRequest);
        Map<IReadOnlyList<LogLine>>(api, "/log", "Log", "The newest lines of the log, newest first.", (ILogTail log) => Answer(log.Newest(MostItems), HostJson.Default.IReadOnlyListLogLine));
        api.MapPost("/inspect", async (IRobotQueries robot, CancellationToken stop) => Answer(await robot.InspectAsync(stop), HostJson.Default.IReadOnlyListActorReport))
            .WithName("Inspect").WithTags("Questions").WithSummary("Has every actor report itself, here and to the log.").Produces<IReadOnlyList<ActorReport>>();
    }

    private static RouteHandlerBuilder Map<T>(RouteGroupBuilder api, string path, string name, string summary, Delegate handler) =>
        api.MapGet(path, handler).WithName(name).WithTags("Questions").WithSummary(summary).Produces<T>();

    private static JsonHttpResult<T> Answer<T>(T value, JsonTypeInfo<T> type) => TypedResults.Json(value, type);

    private static JsonHttpResult<ApiProblem> Problem(string words, int status = StatusCodes.Status400BadRequest) =>
        TypedResults.Json(new ApiProblem(words), HostJson.Default.ApiProblem, statusCode: status);

    // Without a page it is what it always was: the newest, as many as there may be.
    private static async Task<IResult> TradesAsync(HttpContext context, string? page, string? size, string? symbol, string? reason, string? from, string? to, IRobotQueries robot, CancellationToken stop)
    {
        if (Whole("page", page, 1, 1, 1_000_000, out var number) is { } wrongPage)
            return wrongPage;
        if (Whole("size", size, TradeQuery.MostSize, 1, TradeQuery.MostSize, out var count) is { } wrongSize)
            return wrongSize;
        if (Day("from", from, isEnd: false, out var first) is { } wrongFrom)
            return wrongFrom;
        if (Day("to", to, isEnd: true, out var end) is { } wrongTo)
            return wrongTo;
        var answer = await robot.TradePageAsync(new TradeQuery(number, count, symbol, reason, first, end), stop);
        var headers = context.Response.Headers;
        headers["X-Total-Count"] = answer.Total.ToString(CultureInfo.InvariantCulture);
        var links = new List<string>();
        if (number > 1)
            links.Add($"<{PathOf(context, number - 1, count)}>; rel=\"prev\"");
        if ((long)number * count < answer.Total)
            links.Add($"<{PathOf(context, number + 1, count)}>; rel=\"next\"");
        if (links.Count > 0)
            headers.Link = string.Join(", ", links);
        return Answer(answer.Trades, HostJson.Default.IReadOnlyListTradeView);
    }

    private static string PathOf(HttpContext context, int page, int size)
    {
        var query = QueryString.Create([
            new("page", page.ToString(CultureInfo.InvariantCulture)),
            new("size", size.ToString(CultureInfo.InvariantCulture)),
            .. context.Request.Query.Where(q => q.Key is "symbol" or "reason" or "from" or "to").Select(q => new KeyValuePair<string, string?>(q.Key, q.Value)),
        ]);
        return $"{Root}/trades{query}";
    }

    private static async Task<IResult> OrdersAsync(string? most, IRobotQueries robot, CancellationToken stop) =>
        Whole("most", most, 100, 1, MostItems, out var count) is { } wrong ? wrong : Answer(await robot.OrdersAsync(count, stop), HostJson.Default.IReadOnlyListOrderView);

    private static IResult CandlesOf(string symbol, string? seconds, string? most, IMarketBoard board)
    {
        if (!Symbol.TryParse(symbol, out var parsed))
            return Problem($"'{symbol}' is not a symbol");
        if (Whole("seconds", seconds, 5, 1, 3_600, out var width) is { } wrongWidth)
            return wrongWidth;
        if (Whole("most", most, 200, 1, MostItems, out var count) is { } wrongCount)
            return wrongCount;
        return Answer(board.Candles(parsed.Value, TimeSpan.FromSeconds(width), count), HostJson.Default.IReadOnlyListCandle);
    }

    private static async Task<IResult> ExplainAsync(string reference, IRobotQueries robot, CancellationToken stop)
    {
        var answer = await robot.ExplainAsync(reference, stop);
        return answer.Explanation is { } explanation
            ? Answer(explanation, HostJson.Default.Explanation)
            : Problem(answer.Problem!, StatusCodes.Status404NotFound);
    }

    private static JsonHttpResult<ApiProblem>? Day(string name, string? text, bool isEnd, out DateTimeOffset? value)
    {
        value = DayText.Parse(text, isEnd);
        return text is null || value is not null ? null : Problem($"{name}: '{text}' is not allowed; allowed is {DayText.Forms}");
    }

    private static JsonHttpResult<ApiProblem>? Whole(string name, string? text, int usual, int least, int most, out int value)
    {
        value = usual;
        if (text is null || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most))
            return null;
        return Problem(string.Create(CultureInfo.InvariantCulture, $"{name}: '{text}' is not allowed; allowed is a whole number from {least} to {most}"));
    }
}

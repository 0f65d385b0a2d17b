using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MicroTrader.Domain.Robot;
using MicroTrader.Host.Api;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Running;

namespace MicroTrader.Host.Cli;

/// <summary>Commands that ask or tell a running host, over its control API.</summary>
internal static class RemoteCommands
{
    /// <summary><c>status</c>.</summary>
    public static Command Status(TextWriter output) => Make("status", "Asks the running robot how it stands", output, HttpMethod.Get, "status", HostJson.Default.RobotStatus, s => Tables.Pairs(
    [
        ("mode", s.Mode),
        ("feed", s.Feed),
        ("venue", s.Venue),
        ("account", s.Account),
        ("journal", s.Journal),
        ("process", FormattableString.Invariant($"{s.ProcessId}, since {s.StartedAt:yyyy-MM-dd HH:mm:ss}Z")),
        ("trading", $"{s.TradingState} ({s.TradingStateReason})"),
        ("ready", s.Ready ? "yes" : $"no, waiting for {string.Join(", ", s.WaitingFor)}"),
        ("open", FormattableString.Invariant($"{s.OpenPositions} position(s)")),
        .. s.Risk is { } risk ? RiskRows(risk) : [],
        ("denied", s.Denials.Count == 0 ? "-" : string.Join(", ", s.Denials.Select(d => $"{d.Key} {d.Value}"))),
    ]));

    private static IEnumerable<(string, string)> RiskRows(RiskSummary risk)
    {
        var currency = risk.Currency is null ? "" : $" {risk.Currency}";
        yield return ("today", FormattableString.Invariant($"{(risk.DayPnl is { } pnl ? FormattableString.Invariant($"{pnl:+0.00;-0.00;0.00}{currency}") : "not known")} after {risk.DayTrades} trade(s)")
            + (risk.EstimatedTrades > 0 ? FormattableString.Invariant($", {risk.EstimatedTrades} of them estimated") : "")
            + (risk.MaxDailyLoss is { } most ? FormattableString.Invariant($"; at most -{most:0.00}{currency} a day in New York") : "; no limit to a day's loss")
            + (risk.DailyLossReached ? ": REACHED, no entries before the next day" : ""));
        yield return ("losses", FormattableString.Invariant($"{risk.LossesInRow} in a row")
            + (risk.MaxLossesInRow is { } row ? FormattableString.Invariant($", a pause after {row}") : "")
            + (risk.CoolDownUntil is { } until ? FormattableString.Invariant($": no entries before {until.UtcDateTime:HH:mm:ss}Z") : ""));
        yield return ("pace", FormattableString.Invariant($"{risk.TradesThisHour} trade(s) this hour, {Most(risk.MaxTradesPerHour)}; {risk.OrdersThisMinute} order(s) this minute, {Most(risk.MaxOrdersPerMinute)}"));

        static string Most(int? limit) => limit is { } most ? FormattableString.Invariant($"at most {most}") : "no limit";
    }

    /// <summary><c>inspect</c>.</summary>
    public static Command Inspect(TextWriter output) => Make("inspect", "Has every actor report itself, here and to the log", output, HttpMethod.Post, "inspect", HostJson.Default.IReadOnlyListActorReport, reports =>
        string.Join(Environment.NewLine + Environment.NewLine, reports.Select(r => r.Actor + Environment.NewLine + Tables.Pairs(r.Fields.Select(f => ("  " + f.Key, f.Value))))));

    /// <summary><c>pause</c>.</summary>
    public static Command Pause(TextWriter output) => Tell("pause", "No entries from now on; exits go on. It stays so across restarts", output, "pause");

    /// <summary><c>resume</c>.</summary>
    public static Command Resume(TextWriter output) => Tell("resume", "Entries are allowed again", output, "resume");

    /// <summary><c>flatten</c>.</summary>
    public static Command Flatten(TextWriter output) => Tell("flatten", "No entries from now on, and every position is closed", output, "flatten");

    /// <summary><c>close</c>.</summary>
    public static Command Close(TextWriter output)
    {
        var symbol = new Argument<string>("symbol") { Description = "The symbol" };
        var command = Make("close", "Closes one position", output, HttpMethod.Post, parsed => $"close/{Uri.EscapeDataString(parsed.GetValue(symbol)!)}", HostJson.Default.CommandResult, r => r.Message, r => r.Done);
        command.Arguments.Add(symbol);
        return command;
    }

    private static Command Tell(string name, string about, TextWriter output, string path) =>
        Make(name, about, output, HttpMethod.Post, _ => path, HostJson.Default.CommandResult, r => r.Message, r => r.Done);

    private static Command Make<T>(string name, string about, TextWriter output, HttpMethod method, string path, JsonTypeInfo<T> type, Func<T, string> show) =>
        Make(name, about, output, method, _ => path, type, show, _ => true);

    private static Command Make<T>(
        string name, string about, TextWriter output, HttpMethod method, Func<ParseResult, string> path, JsonTypeInfo<T> type, Func<T, string> show, Func<T, bool> isDone)
    {
        var command = new Command(name, about);
        var common = new CommonOptions();
        common.AddTo(command);
        var json = new Option<bool>("--json") { Description = "For a program to read" };
        var url = new Option<string?>("--url") { Description = "The robot's page, if not the usual one", HelpName = "address" };
        command.Options.Add(json);
        command.Options.Add(url);
        command.SetAction(async (parsed, stop) =>
        {
            var options = common.Load(parsed);
            var given = parsed.GetValue(url);
            using var client = new RobotCaller();
            var address = given is null ? await RobotFinder.FindAsync(client, SettingsLoader.ContentRoot(), options, stop) : Given(given);
            var answer = await client.AskAsync(address, method, path(parsed), type, stop);
            output.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(answer, type) : show(answer));
            return isDone(answer) ? ExitCodes.Ok : ExitCodes.Failed;
        });
        return command;
    }

    private static Uri Given(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        ? uri
        : throw new SettingsException($"--url: '{url}' is not allowed; allowed is an address such as http://127.0.0.1:5210");
}

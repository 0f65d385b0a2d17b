using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MicroTrader.Actors.Journal;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Robot;
using MicroTrader.Host.Api;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Running;
using Spectre.Console.Rendering;

namespace MicroTrader.Host.Cli;

/// <summary><c>positions</c> and <c>trades</c>: what the journal says, whether a host runs or not.</summary>
internal static class JournalCommands
{
    /// <summary><c>positions</c>.</summary>
    public static Command Positions(TextWriter output, Terminal terminal)
    {
        var command = new Command("positions", "Shows what is held, and what is on its way");
        Add(
            command,
            output,
            terminal,
            (fold, _) => fold.Positions.Values.Select(PositionView.FromOrBlocked).OfType<PositionView>().OrderBy(p => p.Symbol, StringComparer.Ordinal).ToList(),
            static json => json.IReadOnlyListPositionView,
            (views, _) => Tables.Positions(views),
            views => Screens.Positions(views));
        return command;
    }

    /// <summary><c>trades</c>.</summary>
    public static Command Trades(TextWriter output, Terminal terminal)
    {
        var command = new Command("trades", "Shows the trades that are over, oldest first");
        var csv = new Option<bool>("--csv") { Description = "Every field, for a spreadsheet: commas, points in numbers, times in UTC" };
        var from = new Option<string?>("--from") { Description = "Closed from then on: a day or a time in UTC, e.g. 2026-10-14 or 2026-10-14T13:30", HelpName = "day" };
        var to = new Option<string?>("--to") { Description = "Closed until then: a day (that day included) or a time in UTC", HelpName = "day" };
        command.Options.Add(csv);
        command.Options.Add(from);
        command.Options.Add(to);
        Add(
            command,
            output,
            terminal,
            (fold, parsed) =>
            {
                var first = Moment("--from", parsed.GetValue(from), isEnd: false) ?? DateTimeOffset.MinValue;
                var end = Moment("--to", parsed.GetValue(to), isEnd: true) ?? DateTimeOffset.MaxValue;
                return [.. fold.Trades.Where(t => t.CloseTime >= first && t.CloseTime < end)];
            },
            static json => json.IReadOnlyListTradeView,
            (views, parsed) => parsed.GetValue(csv) ? TradeCsv.Of(views) : Tables.Trades(views),
            Screens.Trades,
            parsed => parsed.GetValue(csv));
        return command;
    }

    private static DateTimeOffset? Moment(string option, string? text, bool isEnd) => text is null
        ? null
        : DayText.Parse(text, isEnd) ?? throw new SettingsException($"{option}: '{text}' is not allowed; allowed is {DayText.Forms}");

    private static void Add<T>(
        Command command,
        TextWriter output,
        Terminal terminal,
        Func<TradeFold, ParseResult, IReadOnlyList<T>> select,
        Func<HostJson, JsonTypeInfo<IReadOnlyList<T>>> shape,
        Func<IReadOnlyList<T>, ParseResult, string> show,
        Func<IReadOnlyList<T>, IRenderable> draw,
        Func<ParseResult, bool>? isForProgram = null)
    {
        var common = new CommonOptions();
        common.AddTo(command);
        var json = new Option<bool>("--json") { Description = "For a program to read" };
        var journal = new Option<string?>("--journal") { Description = "A journal's file or folder, e.g. of a replay; else the one of the mode", HelpName = "path" };
        command.Options.Add(json);
        command.Options.Add(journal);
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(journal) is { } given ? JournalLocator.Given(given) : JournalLocator.Find(common.Load(parsed));
            try
            {
                var fold = JournalReader.Fold(path);
                var views = select(fold, parsed);
                var blocked = fold.Positions.Values.Select(BlockedView.From).OfType<BlockedView>().OrderBy(b => b.Symbol, StringComparer.Ordinal).ToList();
                if (parsed.GetValue(json))
                {
                    output.WriteLine(JsonSerializer.Serialize(views, shape(HostJson.Default)));
                }
                else if (isForProgram?.Invoke(parsed) == true)
                {
                    output.Write(show(views, parsed));
                }
                else if (terminal.Screen is { } screen)
                {
                    screen.Write(draw(views));
                    output.WriteLine(NeedsYouText.Below("", blocked));
                }
                else
                {
                    output.WriteLine(NeedsYouText.Below(show(views, parsed), blocked));
                }
            }
            catch (IllegalTransitionException e)
            {
                throw new JournalException($"journal {path}: {e.Message}", e);
            }

            return ExitCodes.Ok;
        });
    }
}

using System.CommandLine;
using System.Text.Json;
using MicroTrader.Actors.Journal;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Robot;
using MicroTrader.Host.Api;
using MicroTrader.Host.Running;

namespace MicroTrader.Host.Cli;

/// <summary><c>positions</c> and <c>trades</c>: what the journal says, whether a host runs or not.</summary>
internal static class JournalCommands
{
    /// <summary><c>positions</c>.</summary>
    public static Command Positions(TextWriter output) => Make(
        "positions",
        "Shows what is held, and what is on its way",
        output,
        fold => fold.Positions.Values.Select(PositionView.From).OfType<PositionView>().OrderBy(p => p.Symbol, StringComparer.Ordinal).ToList(),
        (positions, json) => json ? JsonSerializer.Serialize(positions, HostJson.Default.IReadOnlyListPositionView) : Tables.Positions(positions));

    /// <summary><c>trades</c>.</summary>
    public static Command Trades(TextWriter output) => Make(
        "trades",
        "Shows the trades that are over, oldest first",
        output,
        fold => fold.Trades,
        (trades, json) => json ? JsonSerializer.Serialize(trades, HostJson.Default.IReadOnlyListTradeView) : Tables.Trades(trades));

    private static Command Make<T>(string name, string about, TextWriter output, Func<TradeFold, IReadOnlyList<T>> select, Func<IReadOnlyList<T>, bool, string> show)
    {
        var command = new Command(name, about);
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
                output.WriteLine(show(select(JournalReader.Fold(path)), parsed.GetValue(json)));
            }
            catch (IllegalTransitionException e)
            {
                throw new JournalException($"journal {path}: {e.Message}", e);
            }

            return ExitCodes.Ok;
        });
        return command;
    }
}

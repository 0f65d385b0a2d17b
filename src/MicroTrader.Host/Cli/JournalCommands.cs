using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
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
        fold => fold.Positions.Values.Select(PositionView.FromOrBlocked).OfType<PositionView>().OrderBy(p => p.Symbol, StringComparer.Ordinal).ToList(),
        HostJson.Default.IReadOnlyListPositionView,
        Tables.Positions);

    /// <summary><c>trades</c>.</summary>
    public static Command Trades(TextWriter output) => Make(
        "trades",
        "Shows the trades that are over, oldest first",
        output,
        fold => fold.Trades,
        HostJson.Default.IReadOnlyListTradeView,
        Tables.Trades);

    private static Command Make<T>(
        string name,
        string about,
        TextWriter output,
        Func<TradeFold, IReadOnlyList<T>> select,
        JsonTypeInfo<IReadOnlyList<T>> type,
        Func<IReadOnlyList<T>, string> show)
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
                var fold = JournalReader.Fold(path);
                var views = select(fold);
                output.WriteLine(parsed.GetValue(json)
                    ? JsonSerializer.Serialize(views, type)
                    : NeedsYouText.Below(show(views), fold.Positions.Values.Select(BlockedView.From).OfType<BlockedView>().OrderBy(b => b.Symbol, StringComparer.Ordinal)));
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

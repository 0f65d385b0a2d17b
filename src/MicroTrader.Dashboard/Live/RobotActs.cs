using Microsoft.Extensions.Logging;
using MicroTrader.Dashboard.Components.Parts;
using MicroTrader.Dashboard.Text;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Positions;
using MicroTrader.Domain.Risk;
using MicroTrader.Domain.Robot;
using MudBlazor;
using Resolution = MicroTrader.Domain.Positions.Resolution;

namespace MicroTrader.Dashboard.Live;

/// <summary>What a person may have the robot do from the page: asks first where shares are sold or nothing is managed any more, and says what came of it.</summary>
internal sealed class RobotActs(IRobotCommands robot, IRobotQueries queries, IMarketBoard board, IDialogService dialogs, ISnackbar snackbar, ILogger<RobotActs> log)
{
    private const string Who = "by a person, on the page";

    /// <summary>No entries from now on. Where entries are allowed it can only make things safer, so it is done at once; where all orders are stopped it lets exits go on.</summary>
    public async Task PauseAsync(LiveSnapshot live)
    {
        if (live.Status?.TradingState != "Stopped" || await AskAsync("Exits again", ["Exits go on again: what is due by TP, SL, TIME or your wish is sold at once. There are no entries."], [], "Exits only"))
            await DoAsync(() => robot.SetTradingStateAsync(TradingState.ExitOnly, "paused " + Who, CancellationToken.None));
    }

    /// <summary>Entries and exits again.</summary>
    public async Task ResumeAsync(LiveSnapshot live)
    {
        var money = live.Status?.Mode switch { "SIM" or "REPLAY" => "simulated money", "PRACTICE" => "practice money", _ => "REAL MONEY" };
        List<string> lines = [$"The robot enters and leaves positions again, with {money}.", $"It is {StateText.Of(live.Status?.TradingState ?? "").Word} now: {live.Status?.TradingStateReason}."];
        if (live.Status?.Shared is { } shared)
            lines.Add($"With that you say that it is alone on its account again, where it saw that {shared.Detail}.");
        if (await AskAsync("Resume trading", lines, [], "Resume"))
            await DoAsync(() => robot.SetTradingStateAsync(TradingState.Active, "resumed " + Who, CancellationToken.None));
    }

    /// <summary>No entries, and every position is sold.</summary>
    public async Task FlattenAsync(LiveSnapshot live)
    {
        var positions = await FreshAsync(live);
        string[] lines = positions is null
            ? ["No entries from now on, and every position is sold at the market's price.", "The robot did not say in time what is open: whatever is will be sold."]
            : positions.Count == 0
                ? ["No entries from now on. Nothing is open, so nothing is sold."]
                : ["No entries from now on, and this is sold at the market's price:"];
        if (await AskAsync("Flatten", lines, [.. (positions ?? []).Select(p => Sold(p, board.LastPrice(p.Symbol)))], "Flatten: sell it all"))
            await DoAsync(() => robot.FlattenAsync(CancellationToken.None));
    }

    /// <summary>No orders at all.</summary>
    public async Task StopAllAsync(LiveSnapshot live)
    {
        var positions = await FreshAsync(live);
        var warning = positions is null ? "No orders at all from now on; the robot did not say in time what is open." : StopWarning.Of(positions);
        if (await AskAsync("Stop all orders", [warning], [], "Stop all"))
            await DoAsync(() => robot.SetTradingStateAsync(TradingState.Stopped, "stopped " + Who, CancellationToken.None));
    }

    /// <summary>One position is sold.</summary>
    public async Task CloseAsync(PositionView position, decimal? last, LiveSnapshot live)
    {
        var line = position switch
        {
            _ when live.Status?.TradingState == "Stopped" => "All orders are stopped: this is sold at the market's price as soon as exits go on:",
            { Blocked: not null } => "It needs you: this is sold at the market's price as soon as you have said what is true of it:",
            { Status: "PENDING" } => "What is bought of it is sold at the market's price as soon as the buy has ended:",
            _ => "This is sold at the market's price:",
        };
        if (await AskAsync($"Close {position.Symbol}", [line], [Sold(position, last)], $"Close {position.Symbol}"))
            await DoAsync(() => robot.CloseAsync(Symbol.Parse(position.Symbol), CancellationToken.None));
    }

    /// <summary>Says what is true of a symbol that needs the person: first what it would do, then, where the person wants that, it is done.</summary>
    public async Task ResolveAsync(BlockedChoice choice)
    {
        if (Parsed(choice.Command) is not { } said)
        {
            snackbar.Add($"This page does not know how to do that; type it: microtrader {choice.Command}", Severity.Error);
            return;
        }

        var preview = await TryAsync(() => robot.ResolveAsync(said.Symbol, said.Choice, said.OrderId, false, CancellationToken.None));
        if (preview is not { Done: true })
        {
            Say(preview);
            return;
        }

        if (await AskAsync($"Resolve {said.Symbol}: {said.Choice.Word()}", [preview.Message, "This is written to the journal and cannot be taken back."], [], "Yes, this is true"))
            await DoAsync(() => robot.ResolveAsync(said.Symbol, said.Choice, said.OrderId, true, CancellationToken.None));
    }

    /// <summary>Reads what a choice says, e.g. <c>resolve AXSM mine --order 54250294524</c>; null where it is another command.</summary>
    internal static (Symbol Symbol, Resolution Choice, long? OrderId)? Parsed(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not ["resolve", var name, var word, .. var rest] || !Symbol.TryParse(name, out var symbol) || InterventionWords.ParseResolution(word) is not { } choice)
            return null;
        return rest switch
        {
            [] => (symbol, choice, null),
            ["--order", var id] when long.TryParse(id, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var order) => (symbol, choice, order),
            _ => null,
        };
    }

    /// <summary>Names what would be sold.</summary>
    internal static string Sold(PositionView position, decimal? last)
    {
        var price = last is { } p ? $", last price {NumberText.Price(p)} {position.Currency}" : "";
        var state = position.Status switch
        {
            "PENDING" => ", its buy is on its way",
            "PENDING_CLOSE" => ", its sell is on its way already",
            _ => "",
        };
        return $"{position.Symbol} x {NumberText.Quantity(position.Quantity)}{price}{state}";
    }

    // What is about to be sold is asked for at this moment: the page may be a moment old.
    private async Task<IReadOnlyList<PositionView>?> FreshAsync(LiveSnapshot live)
    {
        try
        {
            return await queries.PositionsAsync(CancellationToken.None);
        }
        catch (TimeoutException)
        {
            return live.Positions;
        }
    }

    private async Task<bool> AskAsync(string title, IReadOnlyList<string> lines, IReadOnlyList<string> items, string yes)
    {
        var parameters = new DialogParameters<Confirm> { { d => d.Title, title }, { d => d.Lines, lines }, { d => d.Items, items }, { d => d.Yes, yes } };
        var dialog = await dialogs.ShowAsync<Confirm>(title, parameters, new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true });
        return await dialog.Result is { Canceled: false };
    }

    private async Task DoAsync(Func<Task<CommandResult>> act) => Say(await TryAsync(act));

    private async Task<CommandResult> TryAsync(Func<Task<CommandResult>> act)
    {
        try
        {
            return await act();
        }
        catch (TimeoutException e)
        {
            return new CommandResult(false, $"{e.Message}; it may be done or not: the page tells");
        }
        catch (Exception e)
        {
            log.LogError(e, "What a person wanted on the page failed: {Error}", e.Message);
            return new CommandResult(false, $"it failed: {e.Message}");
        }
    }

    private void Say(CommandResult result) => snackbar.Add(result.Message, result.Done ? Severity.Success : Severity.Error, o => o.RequireInteraction = !result.Done);
}

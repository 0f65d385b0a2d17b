using System.CommandLine;
using System.Globalization;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Running;

namespace MicroTrader.Host.Cli;

/// <summary><c>check</c>: validates the settings and says what would run. It contacts nobody and starts nothing.</summary>
internal static class CheckCommand
{
    /// <summary>The command.</summary>
    public static Command Make(TextWriter output)
    {
        var command = new Command("check", "Checks the settings and says what would run, secrets masked; starts nothing");
        var common = new CommonOptions();
        var all = new Option<bool>("--all") { Description = "Every setting" };
        var reference = new Option<bool>("--reference") { Description = "The table of settings, as docs/configuration.md has it" };
        common.AddTo(command);
        command.Options.Add(all);
        command.Options.Add(reference);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(reference))
            {
                output.WriteLine(string.Join(Environment.NewLine, SettingsReference.Rows()));
                return ExitCodes.Ok;
            }

            var options = common.Load(parsed);
            var plan = RunPlanner.Plan(options);
            output.WriteLine(Tables.Pairs(Plan(plan)));
            if (parsed.GetValue(all))
            {
                output.WriteLine();
                output.WriteLine(Tables.Pairs(SettingsBinder.Describe(options).Select(s => (s.Key, Show(s)))));
            }

            output.WriteLine();
            output.WriteLine("The settings are fine.");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static IEnumerable<(string, string)> Plan(RunPlan plan)
    {
        var o = plan.Options;
        yield return ("mode", Banner.Money(plan.Mode));
        yield return ("feed", plan.Feed.ToString().ToLowerInvariant() + (plan.Data.Count > 0 ? $" of {string.Join(", ", plan.Data)}" : ""));
        yield return ("venue", plan.Broker is { } broker ? $"{broker.Address}, key {Mask(broker.ApiKey)}, secret {Mask(broker.ApiSecret)}" : "paper broker of its own");
        yield return ("symbols", plan.Symbols.Count > 0 ? string.Join(", ", plan.Symbols) : "all of the recording");
        yield return ("quantity", $"{Text(o.Trading.Quantity)} a trade, at most {o.Risk.MaxOpenPositions} positions at the same time");
        yield return ("enters", $"after {o.Strategy.RisingMoves} moves up, +{Text(o.Strategy.MinChangePercent)} % over {o.Strategy.WindowTicks} ticks, volume {Text(o.Strategy.MinVolumeRatio)} x");
        yield return ("leaves", $"at +{Text(o.Exits.TakeProfitPercent)} %, -{Text(o.Exits.StopLossPercent)} %, or after {Text(o.Exits.MaxHold)}");
        yield return ("page", o.Web.Port == 0 ? "http://127.0.0.1, any port" : $"http://127.0.0.1:{o.Web.Port}");
        foreach (var notice in plan.Notices)
            yield return ("note", notice);
    }

    private static string Show(SettingInfo setting) => setting.Property.GetValue(setting.Owner) switch
    {
        Dictionary<string, string> table => table.Count == 0 ? "-" : string.Join(", ", table.Select(p => $"{p.Key}={p.Value}")),
        string text when setting.About.Secret => Mask(text),
        null or "" => "-",
        { } value => Text(value),
    };

    // Whether there is one, and nothing of it.
    private static string Mask(string secret) => secret.Length == 0 ? "-" : "***";

    private static string Text(object value) => value is TimeSpan duration ? Duration.Describe(duration.TotalSeconds) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}

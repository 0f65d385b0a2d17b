using System.CommandLine;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Running;

namespace MicroTrader.Host.Cli;

/// <summary><c>run</c>, which is also what no command means.</summary>
internal static class RunCommand
{
    /// <summary>The command.</summary>
    public static Command Make(TextWriter output)
    {
        var command = new Command("run", "Runs the robot until Ctrl+C, or for as long as --for says");
        AddTo(command, output);
        return command;
    }

    /// <summary>Adds the options and the action to a command.</summary>
    public static void AddTo(Command command, TextWriter output)
    {
        var common = new CommonOptions();
        var runFor = new Option<string?>("--for") { Description = "Stops by itself after this long, e.g. 1m or 00:01:00", HelpName = "duration" };
        var symbols = new Option<string?>("--symbols") { Description = "Symbols, separated by commas", HelpName = "A,B" };
        var feed = new Option<string?>("--feed") { Description = "massive, synthetic, replay or script", HelpName = "feed" };
        var data = new Option<string[]>("--data") { Description = "Recording to replay: LEAN zips, CSV files (time,symbol,price,volume), or a folder of them", HelpName = "file-or-folder", AllowMultipleArgumentsPerToken = true };
        var speed = new Option<string?>("--speed") { Description = "Replay: max, 1x, 60x ...", HelpName = "speed" };
        var seed = new Option<string?>("--seed") { Description = "Synthetic: the seed of the prices", HelpName = "number" };
        var record = new Option<string?>("--record") { Description = "Records every tick for a replay; in the folder recordings where none is named", HelpName = "folder", Arity = ArgumentArity.ZeroOrOne };
        var port = new Option<string?>("--port") { Description = "Port of the page; 0 for any", HelpName = "port" };
        common.AddTo(command);
        foreach (var option in new Option[] { runFor, symbols, feed, data, speed, seed, record, port })
            command.Options.Add(option);

        command.SetAction(async (parsed, _) =>
        {
            var settings = new List<KeyValuePair<string, string?>>();
            Add(settings, "Trading:Symbols", parsed.GetValue(symbols));
            Add(settings, "Feed:OnlySymbols", parsed.GetValue(symbols));
            Add(settings, "Feed:Kind", parsed.GetValue(feed));
            Add(settings, "Feed:Data", parsed.GetValue(data) is { Length: > 0 } paths ? TypedPaths.Join("--data", paths) : null);
            Add(settings, "Feed:Speed", parsed.GetValue(speed));
            Add(settings, "Feed:Seed", parsed.GetValue(seed));
            Add(settings, "Feed:Record", parsed.GetResult(record) is { Implicit: false } ? parsed.GetValue(record) ?? Path.GetFullPath("recordings", SettingsLoader.ContentRoot()) : null);
            Add(settings, "Web:Port", parsed.GetValue(port));
            var plan = RunPlanner.Plan(common.Load(parsed, settings));
            using var signals = StopSignals.OfRobot(output.WriteLine);
            return await RobotRunner.RunAsync(plan, SettingsLoader.ContentRoot(), For(parsed.GetValue(runFor)), output, signals);
        });
    }

    private static TimeSpan? For(string? text)
    {
        if (text is null)
            return null;
        return Duration.TryParse(text, out var duration) && duration > TimeSpan.Zero && duration < TimeSpan.FromDays(40)
            ? duration
            : throw new SettingsException($"--for: '{text}' is not allowed; allowed is {Duration.Forms}, above 0, at most 40 days");
    }

    private static void Add(List<KeyValuePair<string, string?>> settings, string key, string? value)
    {
        if (value is not null)
            settings.Add(new(key, value));
    }
}

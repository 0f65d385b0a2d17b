using System.CommandLine;
using MicroTrader.KillRunner;

var kills = new Option<int>("--kills") { Description = "How often the host is killed", DefaultValueFactory = _ => 200 };
var seed = new Option<int?>("--seed") { Description = "Decides prices, faults and moments; a fresh one where it is left out" };
var scale = new Option<double>("--scale") { Description = "Shortens limits, delays and settle windows; 0.01 to 1", DefaultValueFactory = _ => 0.1 };
var folder = new Option<string?>("--folder") { Description = "Where everything is kept; a new one where it is left out" };
var command = new RootCommand("Kills the host at random moments and compares its journal with the venue's ledger.") { kills, seed, scale, folder };
command.SetAction(async (parsed, _) =>
{
    if (parsed.GetValue(kills) is not (> 0 and <= 100_000) || parsed.GetValue(scale) is not (>= 0.01 and <= 1))
    {
        await Console.Error.WriteLineAsync("--kills: 1 to 100000 is allowed; --scale: 0.01 to 1");
        return 2;
    }

    var options = new KillOptions(
        parsed.GetValue(kills),
        parsed.GetValue(seed) ?? Random.Shared.Next(1, int.MaxValue),
        parsed.GetValue(scale),
        Path.GetFullPath(parsed.GetValue(folder) ?? Directory.CreateTempSubdirectory("microtrader-kill-").FullName));
    var result = await KillSitting.RunAsync(options, Console.WriteLine);
    Console.WriteLine(result);
    return result.Differences.Count == 0 ? 0 : 1;
});
return await command.Parse(args).InvokeAsync();

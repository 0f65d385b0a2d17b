using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace MicroTrader.Host.Cli;

/// <summary>What to type: examples of each command, shown below its help.</summary>
internal static class Examples
{
    /// <summary>By command; the root's are under an empty name. Each is a line that can be typed.</summary>
    public static IReadOnlyDictionary<string, string[]> All { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [""] = ["microtrader", "microtrader --for 1m", "microtrader --feed replay --data recordings/ --speed 60x"],
        ["run"] = ["microtrader run --for 1m", "microtrader run --symbols AXSM,DJT --set Risk:MaxOpenPositions=2", "microtrader run --feed replay --data recordings/2026-10-14"],
        ["positions"] = ["microtrader positions", "microtrader positions --mode practice --json"],
        ["trades"] = ["microtrader trades", "microtrader trades --from 2026-10-01 --to 2026-10-31 --csv > october.csv", "microtrader trades --json"],
        ["explain"] = ["microtrader explain AXSM-17", "microtrader explain AXSM-17-B1 --json"],
        ["check"] = ["microtrader check", "microtrader check --all", "microtrader check --online"],
        ["status"] = ["microtrader status", "microtrader status --json"],
        ["inspect"] = ["microtrader inspect"],
        ["decisions"] = ["microtrader decisions", "microtrader decisions AXSM --json"],
        ["pause"] = ["microtrader pause"],
        ["resume"] = ["microtrader resume"],
        ["close"] = ["microtrader close AXSM"],
        ["flatten"] = ["microtrader flatten", "microtrader flatten --mode live"],
        ["stop-all"] = ["microtrader stop-all"],
        ["reconcile"] = ["microtrader reconcile"],
        ["resolve"] = ["microtrader resolve AXSM mine --order 54250294524", "microtrader resolve AXSM sell --yes"],
        ["backtest"] = ["microtrader backtest --data recordings/", "microtrader backtest --data day.csv.gz --symbols AXSM --out report --json"],
        ["paper-broker"] = ["microtrader paper-broker --port 5212", "microtrader paper-broker --account k1:s1:10000002:EUR:5000"],
        ["fake-massive"] = ["microtrader fake-massive --port 5214"],
        ["watch"] = ["microtrader watch", "microtrader watch --every 500ms", "microtrader watch --for 10s > seen.txt"],
        ["logs"] = ["microtrader logs", "microtrader logs -f --level warning", "microtrader logs --lines 200 --symbol AXSM --level debug"],
        ["init"] = ["microtrader init", "microtrader init --yes --folder trading"],
        ["backup"] = ["microtrader backup", "microtrader backup --mode live --to /mnt/safe/journal-monday.db"],
        ["alert"] = ["microtrader alert test"],
        ["alert test"] = ["microtrader alert test", "microtrader alert test --set Alerts:Webhook:Url=http://127.0.0.1:9000/hook"],
    };

    /// <summary>Has the help of every command end with its examples.</summary>
    public static void AddTo(RootCommand root)
    {
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new HelpWithExamples((HelpAction)help.Action!);
    }

    /// <summary>A command's name below the root, e.g. <c>alert test</c>.</summary>
    public static string NameOf(Command command)
    {
        var names = new List<string>();
        for (Symbol? symbol = command; symbol is Command and not RootCommand; symbol = symbol.Parents.FirstOrDefault())
            names.Insert(0, symbol.Name);
        return string.Join(' ', names);
    }

    private sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
    {
        // Who asks for help need not have got the rest right.
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var result = help.Invoke(parseResult);
            if (All.TryGetValue(NameOf(parseResult.CommandResult.Command), out var examples))
            {
                var output = parseResult.InvocationConfiguration.Output;
                output.WriteLine("Examples:");
                foreach (var example in examples)
                    output.WriteLine($"  {example}");
                output.WriteLine();
            }

            return result;
        }
    }
}

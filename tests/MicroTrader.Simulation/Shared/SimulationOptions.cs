using System.Globalization;
using System.Security.Cryptography;

namespace MicroTrader.Simulation.Shared;

/// <summary>What was typed.</summary>
internal sealed record SimulationOptions
{
    public const string Help = """
        Runs the robot against a seeded adversary and checks its promises after every step.

          --level core|actors      which level (default core)
          --runs N                 how many runs (default 1,000); run i has seed S + i
          --seed S                 the first seed (default: a fresh one, which is printed)
          --threads N              at the same time (default: as many as processors)
          --recorded               the seeds in failing-seeds.txt instead
          --trace                  with one run: prints what happens, line by line
          --without KIND,KIND      these kinds of fault do not come
          --only KIND,KIND         these kinds come at their worst, and no others
          --symbols N              at most so many symbols
          --storm-steps N          after so many steps all is healthy
          --switch-off GUARD       without one of the robot's guards, to see it missed
          --no-shrink              does not look for a shorter trace of a violation

        Exit codes: 0 no violation, 1 violations, 2 impossible options.
        """;

    public string Level { get; init; } = "core";

    public int Runs { get; init; } = 1_000;

    public RunSpec Spec { get; init; } = new(0);

    public bool SeedIsFresh { get; init; }

    public int Threads { get; init; } = Environment.ProcessorCount;

    public bool Recorded { get; init; }

    public bool Trace { get; init; }

    public bool Shrink { get; init; } = true;

    public bool WantsHelp { get; init; }

    /// <summary>Reads a command line.</summary>
    /// <exception cref="FormatException">An option is unknown or impossible; one line says which and what is allowed.</exception>
    public static SimulationOptions Parse(IReadOnlyList<string> args)
    {
        var options = new SimulationOptions { SeedIsFresh = true, Spec = new RunSpec((ulong)RandomNumberGenerator.GetInt32(1, int.MaxValue)) };
        for (var i = 0; i < args.Count; i++)
        {
            var name = args[i];
            options = name switch
            {
                "--help" or "-h" => options with { WantsHelp = true },
                "--recorded" => options with { Recorded = true },
                "--trace" => options with { Trace = true },
                "--no-shrink" => options with { Shrink = false },
                "--level" => options with { Level = Levels.Named(Value(args, ref i)).Name },
                "--runs" => options with { Runs = (int)Number(args, ref i, 1, 1_000_000_000) },
                "--threads" => options with { Threads = (int)Number(args, ref i, 1, 256) },
                "--seed" => options with { SeedIsFresh = false, Spec = options.Spec with { Seed = Number(args, ref i, 0, ulong.MaxValue) } },
                "--without" => options with { Spec = options.Spec with { Without = FaultKinds.Parse(Value(args, ref i)) } },
                "--only" => options with { Spec = options.Spec with { Only = FaultKinds.Parse(Value(args, ref i)) } },
                "--symbols" => options with { Spec = options.Spec with { MostSymbols = (int)Number(args, ref i, 1, 100) } },
                "--storm-steps" => options with { Spec = options.Spec with { StormSteps = (int)Number(args, ref i, 0, int.MaxValue) } },
                "--switch-off" => options with { Spec = options.Spec with { SwitchedOff = ParseGuard(Value(args, ref i)) } },
                _ => throw new FormatException($"'{name}' is no option; --help lists them"),
            };
        }

        return options;
    }

    private static string Value(IReadOnlyList<string> args, ref int i) =>
        i + 1 < args.Count ? args[++i] : throw new FormatException($"{args[i]} needs a value; --help says which");

    private static ulong Number(IReadOnlyList<string> args, ref int i, ulong least, ulong most)
    {
        var name = args[i];
        var text = Value(args, ref i);
        return ulong.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{name}: '{text}' is not allowed; a whole number from {least} to {most} is"));
    }

    private static Guard ParseGuard(string text) =>
        Enum.TryParse<Guard>(text, ignoreCase: true, out var guard) && Enum.IsDefined(guard)
            ? guard
            : throw new FormatException($"--switch-off: '{text}' is no guard; there are {string.Join(", ", Enum.GetNames<Guard>())}");
}

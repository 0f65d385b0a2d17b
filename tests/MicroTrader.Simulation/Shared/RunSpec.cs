using System.Globalization;

namespace MicroTrader.Simulation.Shared;

/// <summary>Everything that a run depends on: the same gives the same, always.</summary>
/// <param name="Seed">Chooses everything that is not said below.</param>
/// <param name="Without">Kinds of fault that do not come (a set of <see cref="FaultKinds.Bit"/>).</param>
/// <param name="Only">Where it is not 0: these kinds come at their worst, and no others.</param>
/// <param name="MostSymbols">At most so many symbols are traded.</param>
/// <param name="StormSteps">After so many steps nothing goes wrong any more and no entry is wanted; null for the run's own length.</param>
/// <param name="SwitchedOff">The guard that is switched off, to prove that it is missed.</param>
internal sealed record RunSpec(ulong Seed, ulong Without = 0, ulong Only = 0, int MostSymbols = int.MaxValue, int? StormSteps = null, Guard SwitchedOff = Guard.None)
{
    /// <summary>The command that repeats the run.</summary>
    public string Command(string level)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"dotnet run -c Release --project tests/MicroTrader.Simulation -- --level {level} --runs 1 --seed {Seed} --trace");
        if (Without != 0)
            text += $" --without {FaultKinds.Names(Without)}";
        if (Only != 0)
            text += $" --only {FaultKinds.Names(Only)}";
        if (MostSymbols != int.MaxValue)
            text += string.Create(CultureInfo.InvariantCulture, $" --symbols {MostSymbols}");
        if (StormSteps is { } steps)
            text += string.Create(CultureInfo.InvariantCulture, $" --storm-steps {steps}");
        if (SwitchedOff != Guard.None)
            text += $" --switch-off {SwitchedOff}";
        return text;
    }
}

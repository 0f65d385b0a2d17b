using MicroTrader.Simulation.Shared;

namespace MicroTrader.Simulation.Tests;

/// <summary>The command line and the file of recorded seeds: what is impossible is refused in one line that names it.</summary>
public sealed class OptionsTests
{
    [Theory]
    [InlineData("--level", "cores", "--level: 'cores' is no level")]
    [InlineData("--runs", "0", "--runs: '0' is not allowed")]
    [InlineData("--runs", "many", "--runs: 'many' is not allowed")]
    [InlineData("--without", "Rain", "'Rain' is no kind of fault")]
    [InlineData("--switch-off", "Brakes", "--switch-off: 'Brakes' is no guard")]
    [InlineData("--speed", "1", "'--speed' is no option")]
    public void What_is_impossible_is_refused_by_name(string name, string value, string words)
    {
        var refusal = Assert.Throws<FormatException>(() => SimulationOptions.Parse([name, value]));

        Assert.StartsWith(words, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void A_value_that_is_missing_is_asked_for() =>
        Assert.StartsWith("--seed needs a value", Assert.Throws<FormatException>(() => SimulationOptions.Parse(["--seed"])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_recorded_seed_keeps_what_shrinking_chose()
    {
        var runs = RecordedSeeds.Parse(["# words", "", "core 12 without=LostAnswer,Split symbols=1 storm-steps=40 # what it broke"]);

        Assert.Equal([("core", new RunSpec(12, FaultKind.LostAnswer.Bit() | FaultKind.Split.Bit(), 0, 1, 40))], runs);
    }

    [Theory]
    [InlineData("core")]
    [InlineData("core twelve")]
    [InlineData("core 12 symbols")]
    [InlineData("core 12 speed=3")]
    public void A_line_that_makes_no_sense_is_named_with_its_number(string line) =>
        Assert.StartsWith("failing-seeds.txt:2:", Assert.Throws<FormatException>(() => RecordedSeeds.Parse(["# words", line])).Message, StringComparison.Ordinal);

    [Fact]
    public void The_numbers_of_a_seed_are_those_of_the_algorithm()
    {
        // xoshiro256** over splitmix64 of seed 0, as their authors' C code gives them: a change would make every recorded seed worthless.
        var random = new SimRandom(0);

        Assert.Equal([0x99EC5F36CB75F2B4UL, 0xBF6E1F784956452AUL, 0x1A5F849D4933E6E0UL], new[] { random.NextUInt64(), random.NextUInt64(), random.NextUInt64() });
    }
}

using MicroTrader.Simulation.Shared;

namespace MicroTrader.Simulation.Tests;

/// <summary>The hash that compares a replayed state with the remembered one sees every difference, however deep.</summary>
public sealed class StateHashTests
{
    [Fact]
    public void What_is_equal_in_value_has_one_hash() =>
        Assert.Equal(StateHash.Of(new Node("a", 1.0m, [new Node("b", 2m, [])])), StateHash.Of(new Node("a", 1.00m, [new Node("b", 2.0m, [])])));

    [Fact]
    public void A_difference_deep_within_is_seen()
    {
        var hash = StateHash.Of(new Node("a", 1m, [new Node("b", 2m, [])]));

        Assert.NotEqual(hash, StateHash.Of(new Node("a", 1m, [new Node("c", 2m, [])])));
        Assert.NotEqual(hash, StateHash.Of(new Node("a", 1m, [new Node("b", 3m, [])])));
        Assert.NotEqual(hash, StateHash.Of(new Node("a", 1m, [])));
        Assert.NotEqual(hash, StateHash.Of(new Node("a", 1m, [new Node("b", 2m, [new Node("b", 2m, [])])])));
        Assert.NotEqual(hash, StateHash.Of(null));
    }

    private sealed record Node(string Name, decimal Number, IReadOnlyList<Node> Nodes);
}

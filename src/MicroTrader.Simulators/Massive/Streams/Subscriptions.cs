using MicroTrader.Simulators.Massive.Wire;

namespace MicroTrader.Simulators.Massive.Streams;

/// <summary>What a connection has subscribed to. Not safe for several threads.</summary>
internal sealed class Subscriptions
{
    private const string All = "*";

    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
    private readonly FakeMassiveOptions _options;

    public Subscriptions(FakeMassiveOptions options) => _options = options;

    public IReadOnlyList<string> Names => [.. _names];

    /// <summary>Adds the names of a <c>params</c> and gives the answers, one for each.</summary>
    /// <param name="parameters">Comma-separated <c>channel.symbol</c>.</param>
    /// <param name="isRefused">True refuses them all: a fault.</param>
    public IEnumerable<WireStatus> Add(string parameters, bool isRefused)
    {
        foreach (var name in Split(parameters))
        {
            if (isRefused || !IsInPlan(name))
            {
                yield return WireStatus.NotAuthorized;
                continue;
            }

            _names.Add(name);
            yield return new WireStatus("success", $"subscribed to: {name}");
        }
    }

    /// <summary>Takes the names of a <c>params</c> away and gives the answers, one for each, whether it was there or not.</summary>
    public IEnumerable<WireStatus> Remove(string parameters)
    {
        foreach (var name in Split(parameters))
        {
            _names.Remove(name);
            yield return new WireStatus("success", $"unsubscribed to: {name}");
        }
    }

    public bool Want(MarketEvent happened) => _names.Count > 0 && (_names.Contains($"{happened.Ev}.{happened.Symbol}") || _names.Contains($"{happened.Ev}.{All}"));

    private static string[] Split(string parameters) => parameters.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private bool IsInPlan(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && dot < name.Length - 1 && name[..dot] switch
        {
            "T" => _options.HasTrades,
            "Q" => _options.HasQuotes,
            "A" or "AM" => true,
            _ => false,
        };
    }
}

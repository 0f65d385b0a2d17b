using System.Runtime.CompilerServices;
using System.Threading.Channels;
using MicroTrader.Domain.Market;
using MicroTrader.MarketData;

namespace MicroTrader.Actors.Tests.PriceTests;

/// <summary>A feed that gives what the test hands it, and fails when the test says so.</summary>
internal sealed class TestFeed : IPriceFeed
{
    private readonly Channel<object> _items = Channel.CreateUnbounded<object>();

    public event Action<FeedNote>? Noted;

    public string Description => "the test's feed";

    public FeedStatistics Statistics { get; set; } = new();

    /// <summary>How often it was read from its beginning.</summary>
    public int Reads { get; private set; }

    public void Give(Tick tick) => _items.Writer.TryWrite(tick);

    public void Fail(Exception failure) => _items.Writer.TryWrite(failure);

    public void Note(FeedNote note) => Noted?.Invoke(note);

    public async IAsyncEnumerable<Tick> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Reads++;
        await foreach (var item in _items.Reader.ReadAllAsync(cancellationToken))
        {
            if (item is Exception failure)
                throw failure;
            yield return (Tick)item;
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>A tick of a recording, and when it was known.</summary>
/// <param name="KnownAt">
/// When it was known to who recorded it, UTC; never goes back within a pass. Of a recording that does not say it, the tick's own time. A replay's clock must
/// follow this one: stamps of a live source come late and out of order among symbols.
/// </param>
/// <param name="Tick">The tick.</param>
public record struct RecordedTick(DateTimeOffset KnownAt, Tick Tick)
{
    // Not readonly only so that a reader can fill one where it is wanted (see Tick.Write); to everybody else they cannot be changed.
    private long _knownTicks = KnownAt.UtcTicks;
    private Tick _tick = Tick;

    /// <summary>When it was known to who recorded it, UTC; never goes back within a pass.</summary>
    public DateTimeOffset KnownAt
    {
        readonly get => new(_knownTicks, TimeSpan.Zero);
        init => _knownTicks = value.UtcTicks;
    }

    /// <summary>The tick.</summary>
    public Tick Tick
    {
        readonly get => _tick;
        init => _tick = value;
    }

    /// <summary><see cref="KnownAt"/> in ticks of 100 ns since the year 1, UTC.</summary>
    public readonly long KnownUtcTicks => _knownTicks;

    /// <summary>The tick where it stands, so that it need not be copied.</summary>
    [UnscopedRef]
    public readonly ref readonly Tick TickInPlace => ref _tick;

    /// <summary>Writes one of a row that says no more than time, price and volume to where it is wanted (see <see cref="Tick.Write"/>).</summary>
    /// <param name="recorded">Where it goes.</param>
    /// <param name="symbol">The instrument.</param>
    /// <param name="kind">What the tick was made of.</param>
    /// <param name="utcTicks">When the price was known, in ticks of 100 ns since the year 1, UTC.</param>
    /// <param name="price">Price of one share, in the instrument's currency.</param>
    /// <param name="volume">Shares traded in this tick.</param>
    /// <param name="basis">What the price was taken from.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(out RecordedTick recorded, Symbol symbol, TickKind kind, long utcTicks, decimal price, decimal volume, PriceBasis basis)
    {
        recorded._knownTicks = utcTicks;
        Tick.Write(out recorded._tick, symbol, kind, utcTicks, price, volume, basis);
    }
}

using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>A tick of a recording, and when it was known.</summary>
/// <param name="KnownAt">
/// When it was known to who recorded it, UTC; never goes back within a pass. Of a recording that does not say it, the tick's own time. A replay's clock must
/// follow this one: stamps of a live source come late and out of order among symbols.
/// </param>
/// <param name="Tick">The tick.</param>
public readonly record struct RecordedTick(DateTimeOffset KnownAt, Tick Tick);

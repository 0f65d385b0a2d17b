using System.Runtime.CompilerServices;
using MicroTrader.Domain.Market;
using MicroTrader.MarketData;

namespace MicroTrader.Backtest;

/// <summary>
/// Ticks on their way from the thread that reads to the thread that decides. What crosses from one processor to the other costs more than making it, so a tick
/// that says no more than time, price and volume, as nearly all of a recording do, crosses without the room for the rest.
/// </summary>
/// <param name="capacity">How many ticks it takes (1 or more).</param>
internal sealed class TickBatch(int capacity)
{
    private readonly Packed[] _packed = new Packed[capacity];
    private readonly List<RecordedTick> _whole = [];

    /// <summary>Ticks in it.</summary>
    public int Count { get; private set; }

    /// <summary>How much of the recording was read with it, 0 to 1.</summary>
    public double Fraction { get; set; }

    /// <summary>Takes ticks in; those that were in it are gone.</summary>
    /// <param name="ticks">At most as many as it takes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Pack(ReadOnlySpan<RecordedTick> ticks)
    {
        _whole.Clear();
        Count = ticks.Length;
        for (var i = 0; i < ticks.Length; i++)
        {
            ref readonly var recorded = ref ticks[i];
            ref readonly var tick = ref recorded.TickInPlace;
            ref var packed = ref _packed[i];
            if (tick.IsPlain && tick.TimeTicks == recorded.KnownUtcTicks)
            {
                packed.WholeNumber = 0;
                packed.UtcTicks = recorded.KnownUtcTicks;
                packed.Symbol = tick.Symbol;
                packed.Price = tick.Price;
                packed.Volume = tick.KnownVolume;
                packed.Kind = tick.Kind;
                packed.Basis = tick.Basis;
            }
            else
            {
                _whole.Add(recorded);
                packed.WholeNumber = _whole.Count;
            }
        }
    }

    /// <summary>Writes one of its ticks to where it is wanted.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <param name="tick">Where it goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Unpack(int index, out RecordedTick tick)
    {
        ref readonly var packed = ref _packed[index];
        if (packed.WholeNumber == 0)
            RecordedTick.Write(out tick, packed.Symbol, packed.Kind, packed.UtcTicks, packed.Price, packed.Volume, packed.Basis);
        else
            tick = _whole[packed.WholeNumber - 1];
    }

    private struct Packed
    {
        public Symbol Symbol;
        public long UtcTicks;
        public decimal Price;
        public decimal Volume;

        /// <summary>The place among the ticks that cross as they are, from 1; 0 for one of the others.</summary>
        public int WholeNumber;
        public TickKind Kind;
        public PriceBasis Basis;
    }
}

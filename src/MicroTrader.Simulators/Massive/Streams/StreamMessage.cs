using System.Text.Json;
using MicroTrader.Simulators.Massive.Wire;

namespace MicroTrader.Simulators.Massive.Streams;

/// <summary>Makes the bytes of a message, and what the data faults make of its events.</summary>
internal static class StreamMessage
{
    private static readonly TimeSpan Yesterday = TimeSpan.FromDays(-1);
    private static readonly TimeSpan Earlier = TimeSpan.FromSeconds(-5);

    /// <summary>The events as a JSON array.</summary>
    public static byte[] Bytes(IReadOnlyList<StreamEvent> events)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var happened in events)
            {
                happened.Write(writer);
            }

            writer.WriteEndArray();
        }

        return buffer.ToArray();
    }

    /// <summary>The events with the fault's event spoilt, where the fault is one of data.</summary>
    public static IReadOnlyList<StreamEvent> Spoilt(IReadOnlyList<StreamEvent> events, FakeMassiveFault fault)
    {
        var place = 0;
        while (fault.Symbol is { } symbol && events[place].Symbol != symbol)
        {
            place++;
        }

        var struck = (MarketEvent)events[place];
        IReadOnlyList<StreamEvent>? instead = fault.Kind switch
        {
            FakeMassiveFaultKind.StaleStamp => [struck.Moved(Yesterday)],
            FakeMassiveFaultKind.OutOfOrder => [struck.Moved(Earlier)],
            FakeMassiveFaultKind.Duplicate => [struck, struck],
            _ when PriceFault.Of(fault.Kind) is { } change => [struck.WithPrices(change)],
            _ => null,
        };
        return instead is null ? events : [.. events.Take(place), .. instead, .. events.Skip(place + 1)];
    }
}

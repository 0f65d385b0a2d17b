using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>How a record writes what is no number: the names of the domain, case as they stand there, traits joined by <c>+</c>.</summary>
internal static class TickWords
{
    public static ReadOnlySpan<byte> Of(TickKind kind) => kind switch
    {
        TickKind.Trade => "Trade"u8,
        TickKind.SecondBar => "SecondBar"u8,
        TickKind.MinuteBar => "MinuteBar"u8,
        TickKind.Snapshot => "Snapshot"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "has no word in a record"),
    };

    public static ReadOnlySpan<byte> Of(PriceBasis basis) => basis switch
    {
        PriceBasis.Trade => "Trade"u8,
        PriceBasis.Bar => "Bar"u8,
        PriceBasis.QuoteMiddle => "QuoteMiddle"u8,
        PriceBasis.Broker => "Broker"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(basis), basis, "has no word in a record"),
    };

    public static ReadOnlySpan<byte> Of(TickTraits traits) => traits switch
    {
        TickTraits.None => ""u8,
        TickTraits.Delayed => "Delayed"u8,
        TickTraits.AfterGap => "AfterGap"u8,
        TickTraits.Delayed | TickTraits.AfterGap => "Delayed+AfterGap"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(traits), traits, "has no word in a record"),
    };

    public static bool TryKind(ReadOnlySpan<byte> word, out TickKind kind)
    {
        for (kind = TickKind.Trade; kind <= TickKind.Snapshot; kind++)
        {
            if (word.SequenceEqual(Of(kind)))
                return true;
        }

        return false;
    }

    public static bool TryBasis(ReadOnlySpan<byte> word, out PriceBasis basis)
    {
        for (basis = PriceBasis.Trade; basis <= PriceBasis.Broker; basis++)
        {
            if (word.SequenceEqual(Of(basis)))
                return true;
        }

        return false;
    }

    public static bool TryTraits(ReadOnlySpan<byte> word, out TickTraits traits)
    {
        for (traits = TickTraits.None; traits <= (TickTraits.Delayed | TickTraits.AfterGap); traits++)
        {
            if (word.SequenceEqual(Of(traits)))
                return true;
        }

        return false;
    }
}

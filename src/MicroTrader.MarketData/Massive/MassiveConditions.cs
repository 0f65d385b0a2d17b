namespace MicroTrader.MarketData;

/// <summary>
/// Which trades make a price, by their conditions. A trade with several conditions makes one only if each of them does. Sources: the update rules of Massive's
/// <c>/v3/reference/conditions</c> (consolidated, open/close), which are those of the SIPs: CTA Plan, "Trade Conditions"; UTP Plan, "Sale Condition Matrix".
/// </summary>
internal static class MassiveConditions
{
    /// <summary>Form T: traded outside of the regular session. It makes a price where extended hours are wanted.</summary>
    public const int FormT = 12;

    /// <summary>An odd lot, or a part of a share: paid now, but by rule not a last price.</summary>
    public const int OddLot = 37;

    /// <summary>What a trade's conditions say of its price.</summary>
    public static MassivePrice Judge(long condition) => condition switch
    {
        OddLot => MassivePrice.OddLot,
        FormT => MassivePrice.FormT,
        // Bunched sold, sold out of sequence (twice: 13 in extended hours), prior reference price: a price of before.
        5 or 13 or 22 or 32 or 33 => MassivePrice.NotOfNow,
        // Average price, derivatively priced, price variation, contingent, qualified contingent: not what the share alone is worth.
        2 or 10 or 21 or 52 or 53 => MassivePrice.NotOfNow,
        // Cash sale, next day, seller: delivered on other terms.
        7 or 20 or 29 => MassivePrice.NotOfNow,
        // A market's official close and open, a corrected consolidated close: repeated prices without a trade.
        15 or 16 or 38 => MassivePrice.NotOfNow,
        // Cancelled, correction, as of (three kinds), errored: not trades of now.
        44 or 46 or 47 or 48 or 49 or 54 => MassivePrice.NotOfNow,
        // Everything else updates the last price: regular, sweeps, openings, closings, crosses, and marks that say nothing of the price (41, trade-through exempt).
        _ => MassivePrice.None,
    };
}

/// <summary>What stands against a trade's price; several may.</summary>
[Flags]
internal enum MassivePrice : byte
{
    /// <summary>Nothing: it is the last price.</summary>
    None = 0,

    /// <summary>Fewer shares than a round lot.</summary>
    OddLot = 1,

    /// <summary>Traded outside of the regular session.</summary>
    FormT = 2,

    /// <summary>Its price is not one of now, or not of a plain trade.</summary>
    NotOfNow = 4,
}

namespace MicroTrader.Trading212;

/// <summary>Gives a quantity the sign of its side: the venue does not say which sign a SELL carries in its answers.</summary>
internal static class SideSign
{
    /// <summary>Positive for BUY, negative for SELL, as sent where the side is absent or unknown.</summary>
    internal static decimal? Apply(OrderSide? side, decimal? quantity) => (side, quantity) switch
    {
        (_, null) => null,
        (OrderSide.Buy, { } value) => Math.Abs(value),
        (OrderSide.Sell, { } value) => -Math.Abs(value),
        (_, { } value) => value,
    };
}

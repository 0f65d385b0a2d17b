using MicroTrader.Domain.Market;

namespace MicroTrader.Domain.Orders;

/// <summary>
/// Our own name of an intent (<c>AXSM-17-B1</c>: the first buy of AXSM's 17th trade). The broker takes no reference of ours,
/// so it lives in the journal and the log alone. It is unique within a journal: the trade's number comes from the journal.
/// </summary>
public readonly record struct OrderReference
{
    private readonly string? _value;

    /// <summary>Wraps a reference's text.</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public OrderReference(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        _value = value;
    }

    /// <summary>The reference's text; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Names the n-th order of a side in a trade.</summary>
    public static OrderReference For(Symbol symbol, long tradeNumber, OrderSide side, int attempt) =>
        new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{symbol}-{tradeNumber}-{(side == OrderSide.Buy ? 'B' : 'S')}{attempt}"));

    /// <inheritdoc/>
    public override string ToString() => Value;
}

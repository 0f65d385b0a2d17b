namespace MicroTrader.Domain.Market;

/// <summary>
/// The broker's identifier of an instrument (<c>AXSM_US_EQ</c>). It is not derivable from the symbol:
/// Trading 212 calls DJT <c>DWAC_US_EQ</c>.
/// </summary>
public readonly record struct Ticker
{
    private readonly string? _value;

    /// <summary>Wraps the broker's identifier.</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public Ticker(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        _value = value;
    }

    /// <summary>The ticker's text; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <inheritdoc/>
    public override string ToString() => Value;
}

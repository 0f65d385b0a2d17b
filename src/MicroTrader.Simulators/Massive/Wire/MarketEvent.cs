namespace MicroTrader.Simulators.Massive.Wire;

/// <summary>An element with data.</summary>
internal abstract record MarketEvent : StreamEvent
{
    /// <summary>The same with other prices; those that cannot be null stay where they would be.</summary>
    public abstract MarketEvent WithPrices(Func<decimal, decimal?> change);

    /// <summary>The same with stamps moved; its sequence number, where it has one, goes back with it.</summary>
    public abstract MarketEvent Moved(TimeSpan by);
}

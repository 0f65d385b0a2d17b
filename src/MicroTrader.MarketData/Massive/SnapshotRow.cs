namespace MicroTrader.MarketData;

/// <summary>What a snapshot says of one symbol, as it was read and not judged yet. Prices in dollars, stamps as they were sent; 0 where a field is absent.</summary>
internal struct SnapshotRow
{
    /// <summary>The symbol is in the answer.</summary>
    public bool IsPresent;

    /// <summary>A field that is read had a type that it cannot have.</summary>
    public bool IsWrong;

    public decimal TradePrice;
    public long TradeStamp;
    public MassivePrice TradeConditions;
    public decimal BarClose;
    public long BarStart;
    public decimal Bid;
    public decimal Ask;
    public long QuoteStamp;
    public decimal? DayVolume;
}

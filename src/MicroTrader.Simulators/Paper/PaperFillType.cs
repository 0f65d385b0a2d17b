namespace MicroTrader.Simulators.Paper;

/// <summary>What made a fill, as the venue's <c>Fill.type</c> names it.</summary>
public enum PaperFillType
{
    /// <summary>TRADE: an order was executed.</summary>
    Trade,

    /// <summary>STOCK_SPLIT: shares were added or taken by a split, without money.</summary>
    StockSplit,
}

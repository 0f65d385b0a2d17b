namespace MicroTrader.MarketData;

/// <summary>What an event of the stream is. Source: Massive's description of its WebSocket.</summary>
internal enum StreamEventKind : byte
{
    /// <summary>None that is known: passed over.</summary>
    Other,

    /// <summary><c>T</c></summary>
    Trade,

    /// <summary><c>Q</c></summary>
    Quote,

    /// <summary><c>A</c></summary>
    SecondBar,

    /// <summary><c>AM</c></summary>
    MinuteBar,

    /// <summary><c>status</c></summary>
    Status,
}

/// <summary>Which fields of an event were there, with the right type.</summary>
[Flags]
internal enum StreamFields : ushort
{
    None = 0,
    Symbol = 1,
    Price = 2,
    SizeOrStart = 4,
    Stamp = 8,
    Sequence = 16,
    Bid = 32,
    Ask = 64,
    Close = 128,
    Volume = 256,
    End = 512,
    Id = 1024,

    /// <summary>A field that is read had a type that it cannot have.</summary>
    Wrong = 2048,
}

/// <summary>One event of the stream as it was read: fields of all kinds side by side, since their order is not promised.</summary>
internal struct StreamEvent
{
    public StreamEventKind Kind;
    public StreamFields Fields;
    public MassivePrice Conditions;
    public int Place;
    public decimal Price;
    public decimal SizeOrStart;
    public decimal Bid;
    public decimal Ask;
    public decimal Close;
    public decimal Volume;
    public long Stamp;
    public long Sequence;
    public long End;
    public long Exchange;
    public ulong Id;

    public readonly bool Has(StreamFields fields) => (Fields & fields) == fields;
}

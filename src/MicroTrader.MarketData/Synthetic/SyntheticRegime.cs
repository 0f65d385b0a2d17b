namespace MicroTrader.MarketData;

/// <summary>What a synthetic path is doing.</summary>
public enum SyntheticRegime
{
    /// <summary>Tiny moves around the start price: no signal.</summary>
    Quiet,

    /// <summary>Four moves up in a row with growing volume: the momentum strategy enters on the third.</summary>
    Burst,

    /// <summary>After a burst: on up by about 1.8 %, past the take-profit.</summary>
    Rise,

    /// <summary>After a burst: down by about 1.2 %, past the stop-loss.</summary>
    Fall,

    /// <summary>After a burst: sideways for longer than 10 s, so that the time limit ends the trade.</summary>
    Sideways,
}

using System.Text.Json.Serialization;

namespace MicroTrader.Trading212;

/// <summary>What placed an order. Wire names are the same words in UPPER_SNAKE_CASE; a word that this list lacks is read as <see cref="Unknown"/>.</summary>
[JsonConverter(typeof(TolerantEnumConverter<InitiatedFrom>))]
public enum InitiatedFrom
{
    /// <summary>A value that this version of the library does not know: the venue's lists grow.</summary>
    Unknown = 0,

    /// <summary>API: a program.</summary>
    Api,

    /// <summary>IOS: the person, on the app.</summary>
    Ios,

    /// <summary>ANDROID: the person, on the app.</summary>
    Android,

    /// <summary>WEB: the person, in a browser.</summary>
    Web,

    /// <summary>SYSTEM: the venue itself.</summary>
    System,

    /// <summary>AUTOINVEST: a pie's automatic investment.</summary>
    Autoinvest,

    /// <summary>INSTRUMENT_AUTOINVEST: an automatic investment in one instrument.</summary>
    InstrumentAutoinvest,
}

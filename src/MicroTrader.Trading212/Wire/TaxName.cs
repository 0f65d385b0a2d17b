using System.Text.Json.Serialization;

namespace MicroTrader.Trading212;

/// <summary>The name of a tax or fee. Wire names are the same words in UPPER_SNAKE_CASE; a word that this list lacks is read as <see cref="Unknown"/>.</summary>
[JsonConverter(typeof(TolerantEnumConverter<TaxName>))]
public enum TaxName
{
    /// <summary>A value that this version of the library does not know: the venue's lists grow.</summary>
    Unknown = 0,

    /// <summary>COMMISSION_TURNOVER.</summary>
    CommissionTurnover,

    /// <summary>CURRENCY_CONVERSION_FEE: for buying or selling in another currency than the account's.</summary>
    CurrencyConversionFee,

    /// <summary>FINRA_FEE.</summary>
    FinraFee,

    /// <summary>FRENCH_TRANSACTION_TAX.</summary>
    FrenchTransactionTax,

    /// <summary>PTM_LEVY.</summary>
    PtmLevy,

    /// <summary>STAMP_DUTY.</summary>
    StampDuty,

    /// <summary>STAMP_DUTY_RESERVE_TAX.</summary>
    StampDutyReserveTax,

    /// <summary>TRANSACTION_FEE.</summary>
    TransactionFee,
}

using System.Globalization;

namespace MicroTrader.Dashboard.Text;

/// <summary>Writes numbers the same way in every country: a point for decimals, nothing between thousands.</summary>
internal static class NumberText
{
    /// <summary>What stands where there is no value.</summary>
    public const string None = "–";

    /// <summary>A price per share: two to four decimals, up to eight below 1.</summary>
    public static string Price(decimal? price) =>
        price is { } p ? p.ToString(Math.Abs(p) < 1m ? "0.00######" : "0.00##", CultureInfo.InvariantCulture) : None;

    /// <summary>Shares, with as many decimals as there are.</summary>
    public static string Quantity(decimal quantity) => quantity.ToString("0.############", CultureInfo.InvariantCulture);

    /// <summary>Money won or lost, with its sign: two to four decimals.</summary>
    public static string Gain(decimal? amount) => amount is { } a ? a.ToString("+0.00##;-0.00##;0.00", CultureInfo.InvariantCulture) : None;

    /// <summary>Money: two to four decimals.</summary>
    public static string Money(decimal? amount) => amount is { } a ? a.ToString("0.00##", CultureInfo.InvariantCulture) : None;

    /// <summary>Percent won or lost, with its sign: two decimals.</summary>
    public static string Percent(decimal percent) => percent.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture) + "%";

    /// <summary>A whole number.</summary>
    public static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>How many of something that has an s where there is not one of it.</summary>
    public static string Count(long count, string thing) => $"{Count(count)} {thing}{(count == 1 ? "" : "s")}";

    /// <summary>An order id of the broker.</summary>
    public static string Id(long? id) => id is { } i ? i.ToString(CultureInfo.InvariantCulture) : None;

    /// <summary>The class that colours a gain; the sign says the same to who sees no colour.</summary>
    public static string Tone(decimal? amount) => amount switch
    {
        > 0m => "gain",
        < 0m => "loss",
        _ => "even",
    };
}

using MicroTrader.Domain.Market;

namespace MicroTrader.Host.Configuration;

/// <summary>The settings of one symbol: the general ones, with what it has otherwise laid over them.</summary>
internal sealed class SymbolOptions
{
    public StrategyOptions Strategy { get; } = new();

    public ExitOptions Exits { get; } = new();

    public SymbolSizeOptions Trading { get; } = new();
}

/// <summary>How much a trade of one symbol buys. The settings' names are those of <see cref="TradingOptions"/>.</summary>
internal sealed class SymbolSizeOptions
{
    [Setting("Shares per trade", Min = 0.0001, Max = 1_000_000)]
    public decimal Quantity { get; set; }

    [Setting("Money per trade", Min = 0.01, Max = 1_000_000_000)]
    public decimal? CashPerTrade { get; set; }
}

/// <summary>Reads what single symbols have otherwise (<c>Symbols:AXSM:Exits:MaxHold</c>).</summary>
internal static class SymbolOverrides
{
    /// <summary>The settings of a symbol.</summary>
    /// <param name="options">All settings, checked.</param>
    /// <param name="symbol">The symbol.</param>
    public static SymbolOptions Of(TraderOptions options, Symbol symbol)
    {
        var own = new SymbolOptions();
        var settings = SettingsBinder.Describe(own).ToDictionary(s => s.Key, StringComparer.OrdinalIgnoreCase);
        foreach (var general in SettingsBinder.Describe(options).Where(s => settings.ContainsKey(s.Key)))
            settings[general.Key].Property.SetValue(settings[general.Key].Owner, general.Property.GetValue(general.Owner));
        foreach (var (name, value) in options.Symbols)
        {
            var (of, key) = Split(name);
            if (of.Equals(symbol.Value, StringComparison.OrdinalIgnoreCase))
                SettingsBinder.Set(settings[key], value, "settings");
        }

        return own;
    }

    /// <summary>Whether a symbol has anything otherwise.</summary>
    public static bool Has(TraderOptions options, Symbol symbol) => options.Symbols.Keys.Any(n => Split(n).Symbol.Equals(symbol.Value, StringComparison.OrdinalIgnoreCase));

    /// <summary>Checks every name and value.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="sourceOf">Where a setting comes from, in words.</param>
    /// <exception cref="SettingsException">A symbol is none, a setting is unknown or not one that a symbol may have, or a value is impossible.</exception>
    public static void Check(TraderOptions options, Func<string, string> sourceOf)
    {
        foreach (var (name, value) in options.Symbols)
        {
            var full = "Symbols:" + name;
            var source = sourceOf(full);
            var (of, key) = Split(name);
            if (!Symbol.TryParse(of, out _))
                throw new SettingsException($"{full}: '{of}' is not a symbol ({source}); allowed is Symbols:SYMBOL:Section:Name, e.g. Symbols:AXSM:Exits:MaxHold");
            var settings = SettingsBinder.Describe(new SymbolOptions()).ToDictionary(s => s.Key, StringComparer.OrdinalIgnoreCase);
            if (!settings.TryGetValue(key, out var setting))
                throw SettingsBinder.Unknown(full, settings.Keys.Select(k => $"Symbols:{of}:{k}"), source);
            SettingsBinder.Set(setting with { Key = full }, value, source);
        }

        foreach (var symbol in options.Symbols.Keys.Select(n => Split(n).Symbol).Distinct(StringComparer.OrdinalIgnoreCase).Select(Symbol.Parse))
        {
            var own = Of(options, symbol);
            if (own.Strategy.RisingMoves >= own.Strategy.WindowTicks)
                throw new SettingsException($"Symbols:{symbol}:Strategy:RisingMoves: {own.Strategy.RisingMoves} is not allowed; less than its WindowTicks ({own.Strategy.WindowTicks})");
            if (own.Trading.Quantity > options.Risk.MaxQuantity)
                throw new SettingsException(FormattableString.Invariant($"Symbols:{symbol}:Trading:Quantity: {own.Trading.Quantity} is not allowed; at most Risk:MaxQuantity ({options.Risk.MaxQuantity})"));
        }
    }

    private static (string Symbol, string Key) Split(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (name, "") : (name[..colon], name[(colon + 1)..]);
    }
}

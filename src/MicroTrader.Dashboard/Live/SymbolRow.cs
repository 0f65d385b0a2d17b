using MicroTrader.Domain.Robot;

namespace MicroTrader.Dashboard.Live;

/// <summary>A symbol as a row of a table.</summary>
/// <param name="View">The symbol.</param>
internal sealed record SymbolRow(SymbolView View)
{
    /// <summary>Whether both are rows of one symbol. A table knows its rows by this: one that it takes for another it draws anew, and a click on the old one is lost.</summary>
    public bool Equals(SymbolRow? other) => other is not null && other.View.Symbol == View.Symbol;

    /// <inheritdoc/>
    public override int GetHashCode() => View.Symbol.GetHashCode(StringComparison.Ordinal);
}

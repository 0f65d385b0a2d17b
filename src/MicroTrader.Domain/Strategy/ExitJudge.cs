using MicroTrader.Domain.Orders;

namespace MicroTrader.Domain.Strategy;

/// <summary>
/// Judges the prices of one symbol's position: TP and SL by the price alone, the trailing stop and flat momentum by the prices since the entry. It keeps
/// nothing that must survive: after a restart the highest price begins at the entry price, and the ticks of flat momentum are counted anew.
/// </summary>
public sealed class ExitJudge
{
    private readonly ExitParameters _parameters;
    private readonly decimal[] _recent;
    private long _trade;
    private decimal _high;
    private int _next;
    private int _count;

    /// <summary>Makes a judge that has seen no price.</summary>
    /// <exception cref="ArgumentException">The parameters are impossible.</exception>
    public ExitJudge(ExitParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (parameters.Problems().FirstOrDefault() is { } problem)
            throw new ArgumentException(problem, nameof(parameters));
        _parameters = parameters;
        _recent = new decimal[parameters.FlatTicks ?? 0];
    }

    /// <summary>The parameters in force.</summary>
    public ExitParameters Parameters => _parameters;

    /// <summary>The highest price since the entry, the entry price included, in the instrument's currency; 0 before the first trade.</summary>
    public decimal High => _high;

    /// <summary>Judges a price; null while there is no reason to leave.</summary>
    /// <param name="tradeNumber">The trade: another than the last begins anew.</param>
    /// <param name="entryPrice">What was paid for a share, in the instrument's currency; it may become known more exactly during a trade.</param>
    /// <param name="price">The price of a share, in the same currency.</param>
    /// <param name="isNewTick">False where a price is judged again, because the entry price became known: it counts as no further tick.</param>
    public ExitReason? Judge(long tradeNumber, decimal entryPrice, decimal price, bool isNewTick)
    {
        if (entryPrice <= 0 || price <= 0)
            return null;
        if (tradeNumber != _trade)
            Begin(tradeNumber);
        if (_high < entryPrice)
            _high = entryPrice;
        if (_high < price)
            _high = price;
        var isFlat = isNewTick && _recent.Length > 0 && IsFlat(price);
        return _parameters.Judge(entryPrice, price)
            ?? (HasFallenBack(entryPrice, price) ? ExitReason.TrailingStop : isFlat ? ExitReason.FlatMomentum : null);
    }

    private void Begin(long tradeNumber)
    {
        _trade = tradeNumber;
        _high = 0;
        _next = 0;
        _count = 0;
    }

    private bool HasFallenBack(decimal entryPrice, decimal price) =>
        _parameters.TrailingDistancePercent is { } distance
        && (_high - entryPrice) * 100m >= _parameters.TrailingActivatePercent * entryPrice
        && (_high - price) * 100m >= distance * _high;

    private bool IsFlat(decimal price)
    {
        var isFull = _count == _recent.Length;
        var then = _recent[_next];
        _recent[_next] = price;
        _next = _next + 1 == _recent.Length ? 0 : _next + 1;
        if (!isFull)
        {
            _count++;
            return false;
        }

        return (price - then) * 100m < _parameters.FlatChangePercent * then;
    }
}

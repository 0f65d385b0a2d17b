using System.Globalization;
using MicroTrader.Simulators.Paper.Core;
using MicroTrader.Simulators.Paper.Http;

namespace MicroTrader.Simulators.Paper;

/// <summary>One account of a running paper broker, for tests and tools. Safe from any thread.</summary>
public sealed class PaperAccount
{
    private readonly RequestCounters _counters;

    internal PaperAccount(AccountFront front)
    {
        Engine = front.Engine;
        _counters = front.Counters;
    }

    /// <summary>Account number.</summary>
    public long AccountId => Engine.AccountId;

    /// <summary>What shall go wrong for this account's requests and orders.</summary>
    public PaperFaults Faults => Engine.Faults;

    /// <summary>How often the books changed since the start: while it stays the same, <see cref="ReadLedger"/> gives the same.</summary>
    public long Changes => Engine.Changes;

    internal PaperEngine Engine { get; }

    /// <summary>Everything that the account holds at this instant.</summary>
    /// <returns>A copy that does not change.</returns>
    public PaperLedger ReadLedger() => Engine.Ledger();

    /// <summary>Requests with this account's key that arrived at an endpoint since the start.</summary>
    /// <param name="endpoint">Which.</param>
    /// <returns>The count.</returns>
    public long RequestsReceived(PaperEndpoint endpoint) => _counters.Read(endpoint);

    /// <summary>Places an order as the person does in the app: the same rules, no rate limit, another origin.</summary>
    /// <param name="ticker">The venue's instrument identifier.</param>
    /// <param name="quantity">Shares; negative sells.</param>
    /// <param name="terms">Kind of the order with its prices; null for a market order.</param>
    /// <param name="initiatedFrom">Origin as on the wire: IOS, ANDROID, WEB, ...</param>
    /// <returns>The accepted order.</returns>
    /// <exception cref="PaperBrokerException">The venue refuses the order; the message says why.</exception>
    public PaperOrder PlaceByPerson(string ticker, decimal quantity, PaperOrderTerms? terms = null, string initiatedFrom = "IOS")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(ticker);
        ArgumentException.ThrowIfNullOrWhiteSpace(initiatedFrom);
        var (order, refusal) = Engine.Place(new OrderRequest(ticker, quantity, null, initiatedFrom) { Terms = terms ?? PaperOrderTerms.Market });
        return order ?? throw new PaperBrokerException(string.Create(CultureInfo.InvariantCulture, $"Order of {quantity} x {ticker} refused: {refusal!.Type}, {refusal.Detail}."));
    }

    /// <summary>Cancels a pending order as the person does in the app.</summary>
    /// <param name="orderId">Order number.</param>
    /// <returns>False when no such order is pending.</returns>
    public bool CancelByPerson(long orderId) => Engine.Cancel(orderId);

    /// <summary>Moves free shares into a pie, where no order can sell them; a negative quantity takes them out.</summary>
    /// <param name="ticker">The venue's instrument identifier.</param>
    /// <param name="quantity">Shares.</param>
    /// <exception cref="PaperBrokerException">Not that many are free, or in pies.</exception>
    public void MoveToPie(string ticker, decimal quantity) => Engine.MoveToPie(ticker, quantity);

    /// <summary>
    /// Empties the account: no holdings, orders or history, its starting cash as the only deposit. Order numbers go on, so that
    /// no number ever means two orders. Faults stay.
    /// </summary>
    public void Reset() => Engine.Reset();
}

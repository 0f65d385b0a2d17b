namespace MicroTrader.Simulators.Paper.Core;

/// <summary>An order as asked for. <paramref name="ExtendedHours"/> is null where the request did not carry it.</summary>
internal sealed record OrderRequest(string Ticker, decimal Quantity, bool? ExtendedHours, string InitiatedFrom)
{
    public PaperOrderTerms Terms { get; init; } = PaperOrderTerms.Market;
}

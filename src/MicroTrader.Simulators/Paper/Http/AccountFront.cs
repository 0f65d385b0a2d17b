namespace MicroTrader.Simulators.Paper.Http;

/// <summary>What stands between the network and one account: its handlers, limits, counters and scopes.</summary>
internal sealed record AccountFront(PaperEngine Engine, PaperApi Api, RateLimiter Limiter, RequestCounters Counters, PaperScopes Scopes);

namespace MicroTrader.Simulators.Paper.Http;

/// <summary>What the x-ratelimit headers say about one endpoint at one instant.</summary>
internal readonly record struct RateState(bool Allowed, int Limit, int PeriodSeconds, int Remaining, int Used, long ResetUnixSeconds);

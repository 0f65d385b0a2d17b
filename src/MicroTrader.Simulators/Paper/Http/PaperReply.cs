namespace MicroTrader.Simulators.Paper.Http;

/// <summary>What the venue sends back, whatever carries it.</summary>
/// <param name="Answer">The answer; null where the connection is cut without one.</param>
/// <param name="Rate">What the x-ratelimit headers say; null for an unknown path, which has no limit to tell of.</param>
/// <param name="At">The venue's clock when it answers, for the Date header.</param>
/// <param name="IsCut">Whether the connection is cut in the middle of the body.</param>
internal readonly record struct PaperReply(PaperAnswer? Answer, RateState? Rate, DateTimeOffset At, bool IsCut)
{
    /// <summary>The headers that every answer has, but for those of its content.</summary>
    public IEnumerable<(string Name, string Value)> Headers()
    {
        var culture = System.Globalization.CultureInfo.InvariantCulture;

        // The server would stamp the real clock; the venue's clock may be a virtual one.
        yield return ("Date", At.ToString("r", culture));
        if (Rate is not { } state)
        {
            yield break;
        }

        yield return ("x-ratelimit-limit", state.Limit.ToString(culture));
        yield return ("x-ratelimit-period", state.PeriodSeconds.ToString(culture));
        yield return ("x-ratelimit-remaining", state.Remaining.ToString(culture));
        yield return ("x-ratelimit-reset", state.ResetUnixSeconds.ToString(culture));
        yield return ("x-ratelimit-used", state.Used.ToString(culture));
    }
}

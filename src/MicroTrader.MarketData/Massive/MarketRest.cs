using MicroTrader.Domain.Calendar;

namespace MicroTrader.MarketData;

/// <summary>
/// When a poll is of use. While the calendar says closed the feed sleeps, until shortly before the open; on the way it asks now and then for the market's
/// status, so that a calendar that errs cannot make it sleep through an open market. What the source says of days to come corrects the calendar.
/// </summary>
internal sealed class MarketRest : IDisposable
{
    private static readonly TimeSpan BeforeOpen = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan UpcomingEvery = TimeSpan.FromHours(12);

    private readonly MassiveRestOptions _options;
    private readonly TimeProvider _time;
    private readonly ITradingCalendar _builtIn;
    private readonly MassiveMarket _market;
    private readonly Action<FeedNoteKind, bool, string> _note;
    private ITradingCalendar _calendar;
    private DateTimeOffset? _upcomingAsked;
    private DateTimeOffset _openByStatusUntil;
    private Task _upcoming = Task.CompletedTask;
    private bool _failureSaid;
    private bool _isContradicted;

    public MarketRest(MassiveRestOptions options, TimeProvider time, ITradingCalendar calendar, MassiveMarket market, Action<FeedNoteKind, bool, string> note)
    {
        _options = options;
        _time = time;
        _builtIn = calendar;
        _calendar = calendar;
        _market = market;
        _note = note;
    }

    /// <summary>Whether the market is open, by the calendar as corrected or by its status when it was last asked for.</summary>
    public bool IsOpen(DateTimeOffset now) => now < _openByStatusUntil || MarketHours.IsOpen(_calendar.At(now), _options.ExtendedHours);

    /// <summary>Waits until a poll is of use.</summary>
    /// <returns>Whether it rested.</returns>
    public async Task<bool> WaitForOpenAsync(CancellationToken stop)
    {
        var now = _time.GetUtcNow();
        if (_builtIn is AlwaysOpenCalendar)
            return false;
        // Beside the polls, which do not wait for it while the market is open.
        if (_upcoming.IsCompleted)
            _upcoming = UpcomingAsync(now, stop);
        if (MarketHours.IsOpen(_calendar.At(now), _options.ExtendedHours))
            _isContradicted = false;
        if (IsOpen(now) || IsNear(now))
            return false;
        await _upcoming.ConfigureAwait(false);
        if (IsOpen(now) || await IsOpenByStatusAsync(now, stop).ConfigureAwait(false))
            return false;
        var opens = MarketHours.NextOpen(_calendar, now, _options.ExtendedHours);
        _note(FeedNoteKind.Market, false, opens is { } at
            ? FormattableString.Invariant($"the market is closed: no polls until {NewYorkTime.ToNewYork(at):ddd yyyy-MM-dd HH:mm} New York time")
            : "the market is closed, and no opening is known: no polls until its status says open");
        while (true)
        {
            now = _time.GetUtcNow();
            opens = MarketHours.NextOpen(_calendar, now, _options.ExtendedHours);
            var wait = opens is { } next && next - BeforeOpen - now < _options.ClosedRecheck ? next - BeforeOpen - now : _options.ClosedRecheck;
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, _time, stop).ConfigureAwait(false);
            now = _time.GetUtcNow();
            if (IsOpen(now) || IsNear(now))
                break;
            _upcoming = UpcomingAsync(now, stop);
            await _upcoming.ConfigureAwait(false);
            if (await IsOpenByStatusAsync(now, stop).ConfigureAwait(false))
                break;
        }

        _note(FeedNoteKind.Market, false, "the market opens: polls go on");
        return true;
    }

    public void Dispose() => _market.Dispose();

    private bool IsNear(DateTimeOffset now) => MarketHours.IsOpen(_calendar.At(now + BeforeOpen), _options.ExtendedHours);

    private async Task<bool> IsOpenByStatusAsync(DateTimeOffset now, CancellationToken stop)
    {
        try
        {
            var status = await _market.NowAsync(stop).ConfigureAwait(false);
            if (!status.IsOpen(_options.ExtendedHours))
            {
                _isContradicted = false;
                return false;
            }

            if (!_isContradicted)
                _note(FeedNoteKind.Market, true, $"the calendar says closed ({_calendar.Description}), the source says {status.Market}: polls go on");
            _isContradicted = true;
            _openByStatusUntil = now + _options.ClosedRecheck;
            return true;
        }
        catch (MassiveException e)
        {
            Unanswered(e);
            return false;
        }
    }

    private async Task UpcomingAsync(DateTimeOffset now, CancellationToken stop)
    {
        if (_upcomingAsked is { } asked && now - asked < UpcomingEvery && now >= asked)
            return;
        _upcomingAsked = now;
        try
        {
            _calendar = MassiveMarket.Correct(_builtIn, await _market.UpcomingAsync(stop).ConfigureAwait(false));
        }
        catch (MassiveException e)
        {
            Unanswered(e);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody waits for it while the market is open; who does is told by its own token.
        }
    }

    private void Unanswered(MassiveException e)
    {
        if (!_failureSaid)
            _note(FeedNoteKind.Market, true, $"the market's status cannot be asked for ({e.Message}): the calendar alone decides ({_calendar.Description})");
        _failureSaid = true;
    }
}

using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData;

/// <summary>
/// What the messages of the stream say, over one connection after the other: the steps of the handshake, refusals, and ticks, which go into the buffer.
/// Used by the connection's one reader.
/// </summary>
internal sealed class StreamSession : IStreamSink
{
    /// <summary>The letters of the channels. Source: Massive's description of its WebSocket.</summary>
    public static readonly IReadOnlyList<(MassiveChannels Channel, string Prefix)> Prefixes =
        [(MassiveChannels.Trades, "T."), (MassiveChannels.SecondBars, "A."), (MassiveChannels.MinuteBars, "AM."), (MassiveChannels.Quotes, "Q.")];

    // So many late ticks in a row are the source's way, not one old trade.
    private const int LateTicks = 20;

    // So often a connection is made anew for subscriptions that were not confirmed; then it is only said.
    private const int MostUnconfirmedLosses = 2;

    private const string Confirmation = "subscribed to:";

    private static readonly TimeSpan MalformedNoteEvery = TimeSpan.FromMinutes(10);

    private readonly MassiveSocketOptions _options;
    private readonly TimeProvider _time;
    private readonly StreamBook _book;
    private readonly TickBuffer _buffer;
    private readonly FeedCounters _counters;
    private readonly KeyRedactor _redactor;
    private readonly Action<FeedNoteKind, bool, string> _note;
    private readonly StreamParser _parser;
    private readonly HashSet<string> _refusalsSaid = new(StringComparer.Ordinal);
    private readonly List<(string Name, MassiveChannels Channel)> _pending = [];
    private MassiveChannels _refused;
    private volatile int _unconfirmed;
    private volatile bool _confirms;
    private volatile int _unconfirmedLosses;
    private bool _unconfirmedSaid;
    private long? _malformedSaid;
    private long _now;
    private int _late;
    private bool _isLate;

    public StreamSession(
        MassiveSocketOptions options,
        TimeProvider time,
        MassiveSymbols symbols,
        StreamBook book,
        TickBuffer buffer,
        FeedCounters counters,
        KeyRedactor redactor,
        Action<FeedNoteKind, bool, string> note)
    {
        _options = options;
        _time = time;
        _book = book;
        _buffer = buffer;
        _counters = counters;
        _redactor = redactor;
        _note = note;
        _parser = new StreamParser(symbols, this);
    }

    /// <summary>Whether the server has greeted.</summary>
    public bool IsGreeted { get; private set; }

    /// <summary>Whether the key was accepted.</summary>
    public bool IsAuthenticated { get; private set; }

    /// <summary>A new connection begins.</summary>
    public void Begin()
    {
        IsGreeted = false;
        IsAuthenticated = false;
        _refused = MassiveChannels.None;
        _pending.Clear();
        _unconfirmed = 0;
    }

    /// <summary>Something is subscribed to: the server answers each name, in the order in which it was asked.</summary>
    public void Asked(MassiveChannels channel, IEnumerable<string> names)
    {
        _pending.AddRange(names.Select(name => (name, channel)));
        _unconfirmed = _pending.Count;
    }

    /// <summary>
    /// The server has had time enough to answer the subscriptions. What it has not answered may not have been done, and prices would be missing without a sign of it.
    /// A server that answers none at all does not answer; one that leaves the same out again and again is put up with, and it is said. May be called from another thread.
    /// </summary>
    /// <returns>Why the connection is of no use; null where it is.</returns>
    public string? Unconfirmed()
    {
        if (_unconfirmed is not (> 0 and var missing))
            return null;
        if (_confirms && _unconfirmedLosses < MostUnconfirmedLosses)
        {
            _unconfirmedLosses++;
            return $"{missing} of the subscriptions were not confirmed";
        }

        if (!_unconfirmedSaid)
            _note(FeedNoteKind.Gap, true, $"{_options.Url.Host}: {missing} of the subscriptions were not confirmed; prices of theirs may be missing");
        _unconfirmedSaid = true;
        return null;
    }

    /// <summary>Takes one whole message.</summary>
    /// <exception cref="FeedRefusedException">The server refuses us for good.</exception>
    /// <exception cref="StreamLostException">The server says that this connection is of no use.</exception>
    public void Take(ReadOnlySpan<byte> message)
    {
        // Once a message: the age of a tick is judged in minutes.
        _now = _time.GetUtcNow().UtcTicks;
        _counters.Message();
        if (!_parser.TryRead(message))
            OnMalformed();
    }

    /// <inheritdoc/>
    public void OnEvent(in StreamEvent e)
    {
        switch (_book.Take(e, _now, out var tick))
        {
            case StreamVerdict.Tick:
                _counters.Tick();
                Lateness(tick);
                // A source that is known to be late is late with every tick.
                _buffer.Add(_isLate ? tick with { Traits = tick.Traits | TickTraits.Delayed } : tick);
                break;
            case StreamVerdict.Duplicate:
                _counters.Duplicate();
                break;
            case StreamVerdict.OutOfOrder:
                _counters.OutOfOrder();
                break;
            case StreamVerdict.LeftOut:
                _counters.LeftOut();
                break;
            case StreamVerdict.Malformed:
                OnMalformed();
                break;
        }
    }

    /// <inheritdoc/>
    public void OnMalformed()
    {
        _counters.Malformed();
        var now = _time.GetTimestamp();
        if (_malformedSaid is { } said && _time.GetElapsedTime(said, now) < MalformedNoteEvery)
            return;
        _malformedSaid = now;
        _note(FeedNoteKind.Malformed, true, $"{_options.Url.Host}: something came that makes no sense, and was left out ({_counters.Read().Malformed} so far)");
    }

    /// <inheritdoc/>
    public void OnStatus(string status, string message)
    {
        switch (status)
        {
            case "connected":
                IsGreeted = true;
                break;
            case "auth_success":
                IsAuthenticated = true;
                break;
            case "success":
                // The old way to say that the key is accepted; else a subscription that was made.
                IsAuthenticated |= message.Contains("authenticated", StringComparison.OrdinalIgnoreCase);
                Confirmed(message);
                break;
            case "max_connections":
                throw new FeedRefusedException($"POLYGON_API_KEY: another connection uses the key, and the plan allows no more ({_redactor.Clean(message)}); stop the other program, or use the polled snapshot");
            case "auth_failed" or "auth_timeout" or "error" or "not_authorized" when !IsAuthenticated:
                if (status == "auth_timeout")
                    throw new StreamLostException("the server did not see the key in time");
                throw new FeedRefusedException($"POLYGON_API_KEY: {_options.Url.Host} refuses the key ({_redactor.Clean(message.Length > 0 ? message : status)}); the key of an account whose plan has this stream is needed");
            case "error" or "not_authorized" or "auth_failed":
                Refused(message.Length > 0 ? message : status);
                break;
            default:
                if (message.Contains("not authorized", StringComparison.OrdinalIgnoreCase))
                    Refused(message);
                break;
        }
    }

    // A part of the subscriptions is not in the plan: the rest goes on, unless nothing that gives ticks is left.
    private void Refused(string message)
    {
        var channels = MassiveChannels.None;
        foreach (var (channel, prefix) in Prefixes)
        {
            if (Names(message, prefix) || message.Contains(Word(channel), StringComparison.OrdinalIgnoreCase))
                channels |= channel;
        }

        // The real server names nothing ("not authorized"): it is the answer to the first name that has none yet.
        if (channels == MassiveChannels.None && _pending.Count > 0)
            channels = _pending[0].Channel;
        if (_pending.FindIndex(p => (p.Channel & channels) != 0) is >= 0 and var answered)
            Answered(answered);
        _refused |= channels;
        if ((_options.Channels & ~_refused & ~MassiveChannels.Quotes) == 0)
            throw new FeedRefusedException($"POLYGON_API_KEY: the plan has nothing of {_options.Channels & ~MassiveChannels.Quotes} on {_options.Url.Host} ({_redactor.Clean(message)}); another plan, the delayed stream or the polled snapshot is needed");
        var what = channels == MassiveChannels.None ? "a subscription" : channels.ToString();
        if (_refusalsSaid.Add(what))
            _note(FeedNoteKind.NotInPlan, true, $"{_options.Url.Host}: {what} is not in the plan ({_redactor.Clean(message)}); the rest goes on");
    }

    private void Confirmed(string message)
    {
        if (!message.StartsWith(Confirmation, StringComparison.OrdinalIgnoreCase))
            return;
        _confirms = true;
        foreach (var name in message[Confirmation.Length..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (_pending.FindIndex(p => p.Name == name) is >= 0 and var place)
                Answered(place);
        }
    }

    private void Answered(int place)
    {
        _pending.RemoveAt(place);
        _unconfirmed = _pending.Count;
        if (_pending.Count == 0)
            _unconfirmedLosses = 0;
    }

    // The prefix begins a name of its own: "T." is not in "AT.".
    private static bool Names(string message, string prefix)
    {
        for (var at = message.IndexOf(prefix, StringComparison.Ordinal); at >= 0; at = message.IndexOf(prefix, at + 1, StringComparison.Ordinal))
        {
            var begins = at == 0 || !char.IsAsciiLetterOrDigit(message[at - 1]);
            var goesOn = at + prefix.Length < message.Length && (char.IsAsciiLetterUpper(message[at + prefix.Length]) || message[at + prefix.Length] == '*');
            if (begins && goesOn)
                return true;
        }

        return false;
    }

    private static string Word(MassiveChannels channel) => channel switch
    {
        MassiveChannels.Quotes => "quote",
        MassiveChannels.Trades => "trades",
        MassiveChannels.MinuteBars => "minute agg",
        _ => "second agg",
    };

    private void Lateness(in Tick tick)
    {
        if ((tick.Traits & TickTraits.Delayed) == 0)
        {
            if (_isLate)
                _note(FeedNoteKind.Delayed, false, $"{_options.Url.Host}: the prices are on time again");
            _isLate = false;
            _late = 0;
            return;
        }

        if (_isLate || ++_late < LateTicks)
            return;
        _isLate = true;
        _note(FeedNoteKind.Delayed, true, $"{_options.Url.Host}: the prices are late, the newest by {TimeSpan.FromTicks(_now - tick.Time.UtcTicks):hh\\:mm\\:ss}; a plan with real-time data gives them at once");
    }
}

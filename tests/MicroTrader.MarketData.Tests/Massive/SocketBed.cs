using MicroTrader.Domain.Calendar;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData.Tests.Massive;

/// <summary>A stream's client before a server of the test's, and what the server sends.</summary>
internal static class SocketBed
{
    public const string Key = "pk_SECRET0123456789";

    public static readonly Symbol Axsm = Symbol.Parse("AXSM");
    public static readonly Symbol Djt = Symbol.Parse("DJT");

    public static long NowMs => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    public static MassiveSocketOptions Options(LoopbackServer server) => new()
    {
        ApiKey = Key,
        Url = server.Socket,
        Symbols = [Axsm, Djt],
        ReconnectDelay = TimeSpan.FromMilliseconds(20),
        MaxReconnectDelay = TimeSpan.FromMilliseconds(50),
    };

    public static MassiveSocketFeed Feed(LoopbackServer server, Func<MassiveSocketOptions, MassiveSocketOptions>? change = null) =>
        new(change is null ? Options(server) : change(Options(server)), TimeProvider.System, new AlwaysOpenCalendar());

    public static string Trade(Symbol symbol, decimal price, int sequence, string? id = null, int ms = 0) =>
        FormattableString.Invariant($$"""{"ev":"T","sym":"{{symbol}}","x":4,"i":"{{id ?? $"{symbol}{sequence}"}}","p":{{price}},"s":100,"c":[14],"t":{{NowMs + ms}},"q":{{sequence}}}""");
}

using MicroTrader.Actors.Journal;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Robot;
using MicroTrader.MarketData;
using MicroTrader.Simulators.Paper;
using MicroTrader.Trading212;

namespace MicroTrader.Actors.Tests.Support;

/// <summary>What a test wants of its robot.</summary>
internal sealed record HarnessOptions
{
    /// <summary>Where the clock stands at the start.</summary>
    public static readonly DateTimeOffset Start = new(2026, 6, 15, 14, 0, 0, TimeSpan.Zero);

    public IReadOnlyList<string> Symbols { get; init; } = ["AXSM"];

    public Func<RobotSettings, RobotSettings> Settings { get; init; } = s => s;

    public Func<PaperBrokerOptions, PaperBrokerOptions> Venue { get; init; } = o => o;

    public Func<Trading212Options, Trading212Options> Client { get; init; } = o => o;

    /// <summary>
    /// True runs the actors on an <see cref="Execution.ActorPump"/> and a clock that only the test moves, so that rest is known exactly; false on Akka's own
    /// threads in real time.
    /// </summary>
    public bool Pump { get; init; } = true;

    /// <summary>Without a socket between the robot and its broker, as in a replay: on the network, what arrives first is chance.</summary>
    public bool InProcess { get; init; }

    public IPriceFeed? Feed { get; init; }

    /// <summary>Where risk reads the past; null for the journal's file.</summary>
    public ITradeHistory? History { get; init; }

    /// <summary>Who is told what a person may want to know; null for the harness.</summary>
    public Action<RobotNotice>? Notify { get; init; }

    /// <summary>Is told of every request of the robot.</summary>
    public IHttpExchangeObserver? Observer { get; init; }

    /// <summary>HOCON laid over everything else.</summary>
    public string Hocon { get; init; } = "";

    /// <summary>The journal's identity.</summary>
    public JournalIdentity Identity { get; init; } = new("paper", "SIM", "10000001");

    public static TradedSymbol Traded(string name) => new(
        Symbol.Parse(name),
        Instrument(name),
        new Domain.Strategy.MomentumParameters());

    private static Domain.Market.Instrument Instrument(string name)
    {
        var paper = PaperInstrument.ForSymbol(name);
        return new Domain.Market.Instrument(new Ticker(paper.Ticker), paper.ShortName, paper.CurrencyCode, paper.Type, paper.Name);
    }
}

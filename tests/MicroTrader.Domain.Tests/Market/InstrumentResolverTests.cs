using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MicroTrader.Domain.Market;
using Xunit.Abstractions;

namespace MicroTrader.Domain.Tests.Market;

/// <summary>Which instrument a symbol means, and when the robot refuses to guess.</summary>
public sealed class InstrumentResolverTests(ITestOutputHelper output)
{
    private static readonly Symbol Meta = Symbol.Parse("META");

    private static readonly Instrument Stock = new(new Ticker("FB_US_EQ"), "META", "USD", "STOCK", "Meta Platforms");
    private static readonly Instrument Etf = new(new Ticker("METAl_EQ"), "META", "USD", "ETF", "WisdomTree Industrial Metals");
    private static readonly Instrument EuroEtf = new(new Ticker("METAm_EQ"), "META", "EUR", "ETF", "WisdomTree Industrial Metals");

    [Fact]
    public void The_one_of_that_name_and_currency_is_meant()
    {
        AssertResolves(Stock, [Stock, EuroEtf]);
        AssertResolves(Etf, [Etf, EuroEtf]);
        AssertResolves(Stock with { ShortName = "Meta" }, [Stock with { ShortName = "Meta" }]);
    }

    [Fact]
    public void A_stock_is_meant_rather_than_an_ETF() => AssertResolves(Stock, [Etf, Stock, EuroEtf]);

    [Fact]
    public void Among_equals_the_US_listing_is_meant()
    {
        var abroad = Stock with { Ticker = new Ticker("METAd_EQ") };

        AssertResolves(Stock, [abroad, Stock]);
    }

    [Fact]
    public void Where_more_than_one_still_fits_the_candidates_are_listed()
    {
        var abroad = Stock with { Ticker = new Ticker("METAd_EQ"), Name = "Meta A" };
        var overseas = Stock with { Ticker = new Ticker("METAz_EQ"), Name = "Meta B" };
        var twin = Stock with { Ticker = new Ticker("META_US_EQ"), Name = "Meta C" };

        AssertProblem("META: ambiguous, pin it to one of METAd_EQ (Meta A), METAz_EQ (Meta B)", [abroad, overseas]);
        AssertProblem("META: ambiguous, pin it to one of FB_US_EQ (Meta Platforms), META_US_EQ (Meta C)", [Stock, twin]);
    }

    [Fact]
    public void Where_none_fits_the_problem_names_symbol_and_currency()
    {
        AssertProblem("META: the broker lists no instrument of that name in USD", []);
        AssertProblem("META: the broker lists no instrument of that name in USD", [EuroEtf, Stock with { ShortName = "METAX" }]);
    }

    [Fact]
    public void A_pin_wins()
    {
        var resolution = InstrumentResolver.Resolve(Meta, [Stock, Etf], "USD", Etf.Ticker);
        Assert.Equal(new Resolution(Meta, Etf, null), resolution);

        var renamed = Stock with { ShortName = "FB" };
        Assert.Equal(renamed, InstrumentResolver.Resolve(Meta, [renamed], "USD", renamed.Ticker).Instrument);
    }

    [Fact]
    public void A_pin_to_what_is_not_listed_is_refused()
    {
        var resolution = InstrumentResolver.Resolve(Meta, [Stock], "USD", new Ticker("META_US_EQ"));

        Assert.Equal(new Resolution(Meta, null, "META: the broker lists no ticker META_US_EQ, to which it is pinned"), resolution);
    }

    [Fact]
    public void A_pin_to_another_currency_than_the_feed_s_is_refused()
    {
        var resolution = InstrumentResolver.Resolve(Meta, [Stock, EuroEtf], "USD", EuroEtf.Ticker);

        Assert.Null(resolution.Instrument);
        Assert.Equal("META: METAm_EQ, to which it is pinned, is quoted in EUR, the feed's prices are in USD", resolution.Problem);
    }

    [Fact]
    public void The_broker_s_real_list_resolves_the_robot_s_symbols()
    {
        if (RealList() is not { } instruments)
            return;

        foreach (var (symbol, ticker) in new[]
        {
            ("AXSM", "AXSM_US_EQ"), ("DJT", "DWAC_US_EQ"), ("WULF", "IKNX_US_EQ"), ("HUT", "HUTMF_US_EQ"), ("META", "FB_US_EQ"), ("AAPL", "AAPL_US_EQ"),
        })
        {
            var resolution = InstrumentResolver.Resolve(Symbol.Parse(symbol), instruments, "USD", null);
            Assert.Null(resolution.Problem);
            Assert.Equal((ticker, "USD"), (resolution.Instrument!.Ticker.Value, resolution.Instrument.Currency));
        }
    }

    [Fact]
    public void Each_pair_of_name_and_currency_that_is_there_twice_is_refused_or_told_apart_and_can_be_pinned()
    {
        if (RealList() is not { } instruments)
            return;

        var twice = instruments.GroupBy(i => (Name: i.ShortName, i.Currency)).Where(g => g.Count() > 1).ToList();
        Assert.Equal(71, twice.Count);
        foreach (var group in twice)
        {
            if (!Symbol.TryParse(group.Key.Name, out var symbol))
                continue;
            var resolution = InstrumentResolver.Resolve(symbol, group, group.Key.Currency, null);
            // Told apart only where one alone is a stock, or one alone of the stocks is listed in the US; else refused, with every candidate named.
            var stocks = group.Where(i => i.Type == "STOCK").ToList();
            var candidates = stocks.Count > 0 ? stocks : [.. group];
            var listedInUs = candidates.Where(i => i.Ticker.Value.EndsWith("_US_EQ", StringComparison.Ordinal)).ToList();
            var expected = candidates.Count == 1 ? candidates[0] : listedInUs.Count == 1 ? listedInUs[0] : null;
            Assert.Equal(expected, resolution.Instrument);
            if (expected is null)
                Assert.All(candidates, c => Assert.Contains(c.Ticker.Value, resolution.Problem, StringComparison.Ordinal));

            Assert.All(group, c => Assert.Equal(c, InstrumentResolver.Resolve(symbol, group, group.Key.Currency, c.Ticker).Instrument));
        }
    }

    [Fact]
    public void Of_the_broker_s_real_list_every_answer_has_the_name_and_currency_that_was_asked_for()
    {
        if (RealList() is not { } instruments)
            return;

        var ambiguous = 0;
        foreach (var group in instruments.Where(i => i.Currency == "USD").GroupBy(i => i.ShortName.ToUpperInvariant()))
        {
            if (!Symbol.TryParse(group.Key, out var symbol))
                continue;
            var resolution = InstrumentResolver.Resolve(symbol, group, "USD", null);
            if (resolution.Instrument is { } instrument)
            {
                Assert.Contains(instrument, group);
                continue;
            }

            Assert.StartsWith($"{symbol}: ambiguous, pin it to one of ", resolution.Problem);
            ambiguous++;
        }

        output.WriteLine($"{ambiguous} symbols in USD are ambiguous");
    }

    private static void AssertResolves(Instrument expected, Instrument[] instruments) =>
        Assert.Equal(new Resolution(Meta, expected, null), InstrumentResolver.Resolve(Meta, instruments, "USD", null));

    private static void AssertProblem(string problem, Instrument[] instruments) =>
        Assert.Equal(new Resolution(Meta, null, problem), InstrumentResolver.Resolve(Meta, instruments, "USD", null));

    // A real answer of the broker, beside the repository; null, said aloud, where it is not there.
    private List<Instrument>? RealList()
    {
        // What was built may stand outside the repository (--artifacts-path); then its source tells where that is.
        var repository = Repository(AppContext.BaseDirectory) ?? Repository(Path.GetDirectoryName(SourcePath()));
        var path = repository is null ? null : Path.Combine(repository, "..", "shared", "trading212", "instruments.json.gz");
        if (path is null || !File.Exists(path))
        {
            output.WriteLine("skipped: ../shared/trading212/instruments.json.gz is not there");
            return null;
        }

        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var json = JsonDocument.Parse(stream);
        return [.. json.RootElement.EnumerateArray().Select(i => new Instrument(
            new Ticker(Text(i, "ticker")), Text(i, "shortName"), Text(i, "currencyCode"), Text(i, "type"), Text(i, "name")))];
    }

    private static string? Repository(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, "MicroTrader.Actors.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder;
    }

    private static string? SourcePath([CallerFilePath] string? path = null) => path;

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;
}

using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using MicroTrader.Actors.Journal;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Running;
using MicroTrader.Host.Tests.Support;
using MicroTrader.Simulators.Paper;

namespace MicroTrader.Host.Tests.Running;

/// <summary>What stands before the first actor: the account, the instruments, the journal. The broker is the paper broker, over HTTP, in the place of Trading 212.</summary>
public sealed class RunSetupTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_start_knows_the_account_its_instruments_and_its_journal()
    {
        await using var broker = await BrokerAsync();

        await using var setup = await SetUpAsync(broker.BaseAddress);

        Assert.Equal(("10000001", "USD", null), (setup.Account.AccountId, setup.Account.Currency, setup.Account.Notice));
        Assert.Equal(
            [("AXSM", "AXSM_US_EQ"), ("DJT", "DWAC_US_EQ"), ("WULF", "IKNX_US_EQ"), ("HUT", "HUTMF_US_EQ")],
            setup.Account.Symbols.Select(s => (s.Symbol.Value, s.Instrument.Ticker.Value)));
        Assert.Equal(_folder.File("data", "practice-10000001", "journal.db"), setup.JournalPath);
        Assert.Equal(new JournalIdentity("trading212", "PRACTICE", "10000001"), JournalFile.Identify(setup.JournalPath));
    }

    [Fact]
    public async Task SIM_brings_its_own_broker_and_keeps_its_account()
    {
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await using var setup = await MakeAsync(Settings.Plan());

            Assert.Null(setup.Account.Notice);
            Assert.Equal(_folder.File("data", "sim-10000001", "journal.db"), setup.JournalPath);
            Assert.Contains("paper broker at http://127.0.0.1:", setup.Venue.Description);
        }

        Assert.True(File.Exists(_folder.File("data", "paper", "paper.db")));
    }

    [Fact]
    public async Task Keys_that_are_refused_stop_the_start_in_a_line()
    {
        await using var broker = await BrokerAsync(apiSecret: "another");

        var message = await RefusalAsync<StartException>(() => SetUpAsync(broker.BaseAddress));

        Assert.StartsWith("the broker refuses the keys: ", message);
        Assert.Contains("practice money", message);
        Assert.DoesNotContain("demo-secret", message);
        Assert.Empty(Directory.Exists(_folder.File("data")) ? Directory.GetFileSystemEntries(_folder.File("data")) : []);
    }

    [Fact]
    public async Task Keys_that_are_refused_later_do_not_start_on_what_is_remembered()
    {
        var port = FreePort();
        await using (var first = await BrokerAsync(port: port))
            await (await SetUpAsync(first.BaseAddress)).DisposeAsync();

        await using var other = await BrokerAsync(apiSecret: "another", port: port);

        Assert.StartsWith("the broker refuses the keys: ", await RefusalAsync<StartException>(() => SetUpAsync(other.BaseAddress)));
    }

    [Fact]
    public async Task Keys_that_lack_a_permission_stop_the_start_in_a_line()
    {
        await using var broker = await BrokerAsync();
        broker.Faults.Next(PaperEndpoint.Instruments, PaperFault.StatusBefore(403));

        Assert.StartsWith("the keys lack a permission: ", await RefusalAsync<StartException>(() => SetUpAsync(broker.BaseAddress)));
    }

    [Fact]
    public async Task A_broker_that_cannot_be_reached_at_the_first_start_stops_it_in_a_line()
    {
        var message = await RefusalAsync<StartException>(() => SetUpAsync(new Uri($"http://127.0.0.1:{FreePort()}/api/v0")));

        Assert.StartsWith("the broker at 127.0.0.1 did not tell the account (Connection: ", message);
        Assert.EndsWith("the first start needs it", message);
    }

    [Fact]
    public async Task A_broker_that_cannot_be_reached_later_does_not_stop_the_start()
    {
        Uri address;
        await using (var broker = await BrokerAsync())
        {
            address = broker.BaseAddress;
            await (await SetUpAsync(address)).DisposeAsync();
        }

        await using var setup = await SetUpAsync(address);

        Assert.Equal(("10000001", "USD"), (setup.Account.AccountId, setup.Account.Currency));
        Assert.Equal(["AXSM_US_EQ", "DWAC_US_EQ", "IKNX_US_EQ", "HUTMF_US_EQ"], setup.Account.Symbols.Select(s => s.Instrument.Ticker.Value));
        Assert.StartsWith("the broker could not be asked (Connection: ", setup.Account.Notice);
        Assert.EndsWith("no entries until it can be read", setup.Account.Notice);
        Assert.Equal(_folder.File("data", "practice-10000001", "journal.db"), setup.JournalPath);
    }

    [Fact]
    public async Task A_symbol_that_was_not_traded_before_cannot_be_begun_with_while_the_broker_is_away()
    {
        Uri address;
        await using (var broker = await BrokerAsync())
        {
            address = broker.BaseAddress;
            await (await SetUpAsync(address)).DisposeAsync();
        }

        Assert.Contains("NVDA was not traded here before", await RefusalAsync<StartException>(() => SetUpAsync(address, ("Trading:Symbols", "AXSM,NVDA"))));
    }

    [Fact]
    public async Task What_is_remembered_of_an_account_holds_no_key()
    {
        await using var broker = await BrokerAsync();
        await (await SetUpAsync(broker.BaseAddress)).DisposeAsync();

        // The account, and the list of its instruments.
        var files = Directory.GetFiles(_folder.File("data"), "account-practice-*.json");

        Assert.Equal(2, files.Length);
        Assert.All(files, file => Assert.DoesNotContain("demo-", File.ReadAllText(file) + file));
    }

    [Fact]
    public async Task Symbols_that_the_broker_does_not_list_are_all_named()
    {
        await using var broker = await BrokerAsync();

        var message = await RefusalAsync<SettingsException>(() => SetUpAsync(broker.BaseAddress, ("Trading:Symbols", "AXSM,NOSUCH,NORSUCH")));

        Assert.StartsWith("Trading:Symbols: NOSUCH: the broker lists no instrument of that name in USD; NORSUCH: ", message);
        Assert.Contains("Instruments:Pins", message);
    }

    [Fact]
    public async Task A_symbol_that_may_mean_several_instruments_is_refused_with_each()
    {
        await using var broker = await BrokerAsync(instruments: [Instrument("TWO1_EQ", "TWO", "Two One"), Instrument("TWO2_EQ", "TWO", "Two Two")]);

        var message = await RefusalAsync<SettingsException>(() => SetUpAsync(broker.BaseAddress, ("Trading:Symbols", "TWO")));

        Assert.Contains("TWO: ambiguous", message);
        Assert.Contains("TWO1_EQ (Two One)", message);
        Assert.Contains("TWO2_EQ (Two Two)", message);
    }

    [Fact]
    public async Task A_pin_decides_what_a_symbol_means()
    {
        await using var broker = await BrokerAsync(instruments: [Instrument("TWO1_EQ", "TWO", "Two One"), Instrument("TWO2_EQ", "TWO", "Two Two")]);

        await using var setup = await SetUpAsync(broker.BaseAddress, ("Trading:Symbols", "TWO"), ("Instruments:Pins:two", "TWO2_EQ"));

        Assert.Equal("TWO2_EQ", Assert.Single(setup.Account.Symbols).Instrument.Ticker.Value);
    }

    [Theory]
    [InlineData("NOSUCH_EQ", "lists no ticker NOSUCH_EQ")]
    [InlineData("VODl_EQ", "quoted in GBX")]
    public async Task A_pin_that_leads_nowhere_is_refused(string ticker, string words)
    {
        await using var broker = await BrokerAsync();

        Assert.Contains(words, await RefusalAsync<SettingsException>(() => SetUpAsync(broker.BaseAddress, ("Instruments:Pins:DJT", ticker))));
    }

    [Fact]
    public async Task Two_symbols_of_one_ticker_are_refused()
    {
        await using var broker = await BrokerAsync();

        var message = await RefusalAsync<SettingsException>(() => SetUpAsync(broker.BaseAddress, ("Trading:Symbols", "META,FB"), ("Instruments:Pins:FB", "FB_US_EQ")));

        Assert.Equal("Trading:Symbols: META and FB are one instrument, FB_US_EQ; name it once", message);
    }

    [Theory]
    [InlineData("trading212", "PRACTICE", "999")]
    [InlineData("trading212", "LIVE", "10000001")]
    [InlineData("paper", "PRACTICE", "10000001")]
    public async Task A_journal_of_another_account_mode_or_venue_is_refused(string venue, string mode, string account)
    {
        await using var broker = await BrokerAsync();
        JournalFile.Prepare(_folder.File("data", "practice-10000001", "journal.db"), new JournalIdentity(venue, mode, account));

        var message = await RefusalAsync<JournalException>(() => SetUpAsync(broker.BaseAddress));

        Assert.Contains($"belongs to {mode} at {venue}, account {account}; this run is PRACTICE at trading212, account 10000001", message);
    }

    [Fact]
    public async Task A_second_host_is_told_who_holds_the_journal_and_touches_nothing()
    {
        await using var first = await MakeAsync(Settings.Plan());

        var message = await RefusalAsync<JournalException>(() => MakeAsync(Settings.Plan()));

        Assert.Contains($"another host holds it: process {Environment.ProcessId}", message);
        Assert.NotNull(HostLock.ReadHolder(first.Folder));
    }

    [Fact]
    public async Task A_start_that_fails_lets_go_of_everything()
    {
        await using (var broker = await BrokerAsync())
        {
            await RefusalAsync<SettingsException>(() => SetUpAsync(broker.BaseAddress, ("Trading:Symbols", "NOSUCH")));
            await (await SetUpAsync(broker.BaseAddress)).DisposeAsync();
        }

        var port = FreePort();
        using (var taken = new TcpListener(IPAddress.Loopback, port))
        {
            taken.Start();
            Assert.Contains("paper broker: ", await RefusalAsync<StartException>(() => MakeAsync(Settings.Plan(("Paper:Port", $"{port}")))));
        }

        await using var setup = await MakeAsync(Settings.Plan());
    }

    [Fact]
    public async Task Positions_of_symbols_that_are_no_longer_configured_are_known()
    {
        await JournalWriter.WriteAsync(_folder.File("data", "sim-10000001", "journal.db"), new JournalIdentity("paper", "SIM", "10000001"), ("NVDA", JournalWriter.Opened("NVDA", 100m)));

        await using var setup = await MakeAsync(Settings.Plan());

        Assert.Equal(["NVDA"], setup.Journalled.Select(s => s.Value));
        Assert.DoesNotContain(setup.Account.Symbols, s => s.Symbol.Value == "NVDA");
    }

    [Fact]
    public void Each_replay_has_a_folder_of_its_own()
    {
        var now = new DateTimeOffset(2026, 10, 14, 14, 20, 1, TimeSpan.FromHours(2));

        Assert.Equal(
            [_folder.File("data", "replay-20261014-122001"), _folder.File("data", "replay-20261014-122001-2"), _folder.File("data", "replay-20261014-122001-3")],
            Enumerable.Range(0, 3).Select(_ => RunFolders.NewReplay(_folder.File("data"), now)));
    }

    [Fact]
    public void What_is_remembered_is_kept_apart_by_mode_address_and_key()
    {
        var demo = new BrokerAccess(new Uri("https://demo.trading212.com/api/v0"), "key", "secret");
        string[] paths =
        [
            RunFolders.Remembered("data", RunMode.Practice, demo),
            RunFolders.Remembered("data", RunMode.Live, demo),
            RunFolders.Remembered("data", RunMode.Practice, demo with { ApiKey = "other" }),
            RunFolders.Remembered("data", RunMode.Practice, demo with { Address = new Uri("https://live.trading212.com/api/v0") }),
        ];

        Assert.Equal(4, paths.Distinct().Count());
        Assert.Equal(paths[0], RunFolders.Remembered("data", RunMode.Practice, demo with { ApiSecret = "other" }));
        Assert.All(paths, p => Assert.DoesNotContain("key", Path.GetFileName(p)));
    }

    private static PaperInstrument Instrument(string ticker, string shortName, string name) => new() { Ticker = ticker, ShortName = shortName, Name = name };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<string> RefusalAsync<T>(Func<Task<RunSetup>> start)
        where T : Exception
    {
        var message = (await Assert.ThrowsAsync<T>(start)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }

    // Without its rate limits: a test starts more often than they allow.
    private Task<PaperBroker> BrokerAsync(string apiSecret = "demo-secret", int port = 0, IReadOnlyList<PaperInstrument>? instruments = null) => PaperBroker.StartAsync(new PaperBrokerOptions
    {
        DatabasePath = _folder.File($"venue-{Guid.NewGuid():N}.db"),
        Port = port,
        ApiKey = "demo-key",
        ApiSecret = apiSecret,
        Instruments = instruments ?? PaperInstruments.Bundled,
        EnforceRateLimits = false,
    });

    private Task<RunSetup> SetUpAsync(Uri address, params (string, string)[] settings) => MakeAsync(RunPlanner.Plan(Settings.Load(
        env: $"TRADING212_DEMO_API_KEY=demo-key\nTRADING212_DEMO_API_SECRET=demo-secret\nTRADING212_DEMO_ENVIRONMENT={address}\nFeed__AllowSyntheticOnPractice=true",
        commandLine: settings)));

    private Task<RunSetup> MakeAsync(RunPlan plan) => RunSetup.MakeAsync(plan, _folder.Path, NullLoggerFactory.Instance, CancellationToken.None);
}

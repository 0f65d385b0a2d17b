using MicroTrader.Domain.Market;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Running;
using MicroTrader.Host.Tests.Support;
using MicroTrader.Simulators.Paper;
using MicroTrader.Trading212;

namespace MicroTrader.Host.Tests.Running;

/// <summary>What the broker lists is asked for once a day, and kept.</summary>
public sealed class InstrumentCatalogTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_second_start_within_a_day_does_not_download_the_list_again()
    {
        await using var broker = await BrokerAsync();
        var first = await AskAsync(broker, "AXSM");
        var second = await AskAsync(broker, "AXSM");

        Assert.Equal(1, broker.RequestsReceived(PaperEndpoint.Instruments));
        Assert.Equal(first.Symbols.Single() with { Calendar = null }, second.Symbols.Single() with { Calendar = null });
        Assert.Equal(first.Symbols.Single().Calendar!.Description, second.Symbols.Single().Calendar!.Description);
        Assert.Equal(new Ticker("AXSM_US_EQ"), second.Symbols.Single().Instrument.Ticker);
        Assert.Null(second.Notice);
    }

    [Fact]
    public async Task A_symbol_that_is_not_in_the_kept_list_has_it_downloaded_again()
    {
        await using var broker = await BrokerAsync();
        await AskAsync(broker, "AXSM");

        await Assert.ThrowsAsync<SettingsException>(() => AskAsync(broker, "NOSUCH"));

        Assert.Equal(2, broker.RequestsReceived(PaperEndpoint.Instruments));
    }

    [Fact]
    public async Task A_list_that_is_a_day_old_or_cannot_be_read_is_downloaded_again()
    {
        await using var broker = await BrokerAsync();
        await AskAsync(broker, "AXSM");
        var path = Path.ChangeExtension(_folder.File("account.json"), ".instruments.json");
        var kept = InstrumentCatalog.Read(path)!;
        (kept with { DownloadedAt = kept.DownloadedAt - TimeSpan.FromHours(24.1) }).Write(path);
        await AskAsync(broker, "AXSM");
        Assert.Equal(2, broker.RequestsReceived(PaperEndpoint.Instruments));

        await File.WriteAllTextAsync(path, "{ cut off");
        await AskAsync(broker, "AXSM");
        Assert.Equal(3, broker.RequestsReceived(PaperEndpoint.Instruments));
    }

    [Fact]
    public async Task Limits_and_extended_hours_are_known_before_an_order_is_sent()
    {
        await using var broker = await BrokerAsync();
        var listed = PaperInstruments.Bundled.Single(i => i.Ticker == "AXSM_US_EQ");

        var limits = (await AskAsync(broker, "AXSM")).Symbols.Single().Limits!;

        Assert.Equal((listed.MaxOpenQuantity, listed.ExtendedHours), (limits.MaxOpenQuantity, limits.ExtendedHours));
    }

    // A file of an account as it has always been written: what was added to an instrument since may be missing.
    [Fact]
    public async Task What_an_earlier_version_remembered_of_the_account_serves_while_the_broker_cannot_be_reached()
    {
        await File.WriteAllTextAsync(_folder.File("account.json"), """
            {
              "accountId": "10000001",
              "currency": "EUR",
              "instruments": {
                "AXSM": { "ticker": "AXSM_US_EQ", "shortName": "AXSM", "currency": "USD", "type": "STOCK", "name": "Axsome", "maxOpenQuantity": 1234.5, "extendedHours": true },
                "HUT": { "ticker": "HUT_US_EQ", "shortName": "HUT", "currency": "USD", "type": "STOCK", "name": "Hut 8" }
              }
            }
            """);
        var broker = await BrokerAsync();
        await broker.DisposeAsync();

        var account = await AskAsync(broker, "AXSM", "HUT");

        Assert.Equal(("10000001", "EUR"), (account.AccountId, account.Currency));
        Assert.Contains("no entries until it can be read", account.Notice, StringComparison.Ordinal);
        Assert.Equal([new Ticker("AXSM_US_EQ"), new Ticker("HUT_US_EQ")], account.Symbols.Select(s => s.Instrument.Ticker));
        Assert.Equal((1234.5m, true), (account.Symbols[0].Limits!.MaxOpenQuantity, account.Symbols[0].Limits!.ExtendedHours));
        Assert.Equal((null, false), ((decimal?, bool))(account.Symbols[1].Limits!.MaxOpenQuantity, account.Symbols[1].Limits!.ExtendedHours));
    }

    [Fact]
    public async Task What_a_start_remembers_of_its_symbols_serves_the_next_one_as_it_was()
    {
        var broker = await BrokerAsync();
        var first = await AskAsync(broker, "AXSM");
        await broker.DisposeAsync();

        var second = await AskAsync(broker, "AXSM");

        Assert.Equal(first.Symbols.Single() with { Calendar = null }, second.Symbols.Single() with { Calendar = null });
        Assert.NotNull(second.Notice);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<Account> AskAsync(PaperBroker broker, params string[] symbols)
    {
        var options = new TraderOptions();
        options.Feed.AllowSyntheticOnPractice = true;
        options.Trading212.Demo.ApiKey = "paper";
        options.Trading212.Demo.ApiSecret = "paper";
        options.Trading212.Demo.Environment = broker.BaseAddress.ToString();
        var plan = RunPlanner.Plan(options);
        using var client = new Trading212Client(plan.Client(plan.Broker!));
        return await AccountContact.AskAsync(client, plan, [.. symbols.Select(s => Symbol.Parse(s))], _folder.File("account.json"), CancellationToken.None);
    }

    private Task<PaperBroker> BrokerAsync() =>
        PaperBroker.StartAsync(new PaperBrokerOptions { DatabasePath = _folder.File("venue.db"), EnforceRateLimits = false });
}

using System.IO.Compression;
using System.Text;
using MicroTrader.Simulators.Paper;
using MicroTrader.Trading212;
using Xunit.Abstractions;

namespace MicroTrader.Contract.Tests;

/// <summary>The real venue's list of instruments, where it is at hand: read by the client, and served by the paper broker.</summary>
public class RealInstrumentTests
{
    private const string RelativePath = "trading212/instruments.json.gz";

    private readonly ITestOutputHelper _output;

    public RealInstrumentTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public async Task The_real_list_keeps_the_schema_and_the_client_reads_all_of_it()
    {
        if (Checkout.Shared(RelativePath) is not { } path)
        {
            _output.WriteLine($"SKIPPED: ../shared/{RelativePath} is not at hand.");
            return;
        }

        string json = Unpacked(path);
        if (ApiDescription.OrSkip(_output) is { } api)
        {
            ApiOperation operation = api.Operations.Single(operation => operation.Path.EndsWith("/metadata/instruments", StringComparison.Ordinal));
            Assert.Empty(new SchemaValidator(api, SchemaRules.Answer).Validate(json, operation.Responses[200]!).Take(10));
        }

        ReadResult<IReadOnlyList<TradableInstrument>> read = await Example.AnswerAsync(200, json, client => client.GetInstrumentsAsync());
        IReadOnlyList<TradableInstrument> instruments = Assert.IsType<ReadResult<IReadOnlyList<TradableInstrument>>.Success>(read).Value;
        Assert.Equal(13_056, instruments.Count);
        Assert.DoesNotContain(instruments, instrument => instrument.Type is null or InstrumentType.Unknown);
        Assert.Equal("IKNX_US_EQ", instruments.Single(instrument => instrument is { ShortName: "WULF", CurrencyCode: "USD" }).Ticker);
    }

    [Fact]
    public async Task The_paper_broker_serves_the_real_list_as_it_is()
    {
        if (Checkout.Shared(RelativePath) is not { } path)
        {
            _output.WriteLine($"SKIPPED: ../shared/{RelativePath} is not at hand.");
            return;
        }

        await using PaperBed bed = await PaperBed.StartAsync(options => options with { Instruments = PaperInstruments.FromFile(path), FxRates = Rates(path) });
        using Trading212Client client = bed.Client();
        ReadResult<IReadOnlyList<TradableInstrument>> served = await client.GetInstrumentsAsync();
        ReadResult<IReadOnlyList<TradableInstrument>> real = await Example.AnswerAsync(200, Unpacked(path), other => other.GetInstrumentsAsync());
        Assert.Equal(
            Assert.IsType<ReadResult<IReadOnlyList<TradableInstrument>>.Success>(real).Value,
            Assert.IsType<ReadResult<IReadOnlyList<TradableInstrument>>.Success>(served).Value);
    }

    // A rate for every currency of the list; which one does not matter here.
    private static Dictionary<string, decimal> Rates(string path) =>
        PaperInstruments.FromFile(path).Select(instrument => instrument.CurrencyCode).Distinct().Where(currency => currency != "USD").ToDictionary(currency => currency, _ => 2m);

    private static string Unpacked(string path)
    {
        using GZipStream stream = new(File.OpenRead(path), CompressionMode.Decompress);
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

using System.IO.Compression;
using System.Text;
using MicroTrader.Simulators.Paper;
using Xunit.Abstractions;

namespace MicroTrader.Simulators.Tests.Paper;

public sealed class InstrumentFileTests(ITestOutputHelper output) : IDisposable
{
    private const string Good = """
        [{"ticker":"AXSM_US_EQ","type":"STOCK","workingScheduleId":56,"isin":"US05464T1043","currencyCode":"USD","name":"Axsome","shortName":"AXSM","maxOpenQuantity":28390.0,"extendedHours":true,"addedOn":"2018-07-12T07:10:14.000+03:00","future":{"x":1}},
         {"ticker":"VODl_EQ","type":"STOCK","currencyCode":"GBX","shortName":"VOD"}]
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("paper-instruments-");

    public void Dispose() => _folder.Delete(true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_list_is_read_plain_or_compressed(bool compressed)
    {
        var list = PaperInstruments.FromFile(Write(Good, compressed));
        Assert.Equal(
            new PaperInstrument
            {
                Ticker = "AXSM_US_EQ",
                ShortName = "AXSM",
                Name = "Axsome",
                Isin = "US05464T1043",
                MaxOpenQuantity = 28_390m,
                WorkingScheduleId = 56,
                AddedOn = new DateTimeOffset(2018, 7, 12, 7, 10, 14, TimeSpan.FromHours(3)),
            },
            list[0]);
        Assert.Equal(("VODl_EQ", "VOD", "GBX", false), (list[1].Ticker, list[1].Name, list[1].CurrencyCode, list[1].ExtendedHours));

        await using var bed = await PaperTestBed.Create(o => o with { Instruments = list });
        Assert.Equal(["AXSM_US_EQ", "VODl_EQ"], (await bed.Get("equity/metadata/instruments")).AsArray().Select(i => i!["ticker"]!.GetValue<string>()));
        Assert.Equal([1, 56], (await bed.Get("equity/metadata/exchanges"))[0]!["workingSchedules"]!.AsArray().Select(s => s!["id"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("", "line 1, byte 1: not JSON")]
    [InlineData("[\n{\"ticker\":}]", "line 2, byte 11: not JSON")]
    [InlineData("{}", "holds Object")]
    [InlineData("[]", "holds no instrument")]
    [InlineData("[1]", "item 1: is Number")]
    [InlineData("""[{"shortName":"A","currencyCode":"USD","type":"STOCK"}]""", "item 1: ticker is missing")]
    [InlineData("""[{"ticker":"A","currencyCode":"USD","type":"STOCK"}]""", "item 1 (A): shortName is missing")]
    [InlineData("""[{"ticker":"A","shortName":"A","currencyCode":"US","type":"STOCK"}]""", "item 1 (A): currencyCode is 'US'")]
    [InlineData("""[{"ticker":"A","shortName":7,"currencyCode":"USD","type":"STOCK"}]""", "item 1 (A): shortName is Number")]
    [InlineData("""[{"ticker":"A","shortName":"A","currencyCode":"USD"}]""", "item 1 (A): type is missing")]
    [InlineData("""[{"ticker":"A","shortName":"A","currencyCode":"USD","type":"STOCK","maxOpenQuantity":-1}]""", "maxOpenQuantity")]
    [InlineData("""[{"ticker":"A","shortName":"A","currencyCode":"USD","type":"STOCK","addedOn":"soon"}]""", "addedOn")]
    [InlineData("""[{"ticker":"A","shortName":"A","currencyCode":"USD","type":"STOCK","extendedHours":1}]""", "extendedHours")]
    [InlineData("""[{"ticker":"A","shortName":"A","currencyCode":"USD","type":"STOCK","workingScheduleId":1.5}]""", "workingScheduleId")]
    [InlineData("""[{"ticker":"A","shortName":"A","currencyCode":"USD","type":"STOCK"},{"ticker":"A","shortName":"A","currencyCode":"USD","type":"STOCK"}]""", "item 2: ticker A is item 1's too")]
    public void A_malformed_list_is_one_line_with_file_and_place(string text, string named)
    {
        var path = Write(text, false);
        var message = Assert.Throws<PaperBrokerException>(() => PaperInstruments.FromFile(path)).Message;
        output.WriteLine(message);
        Assert.StartsWith($"Instrument file {path}: ", message, StringComparison.Ordinal);
        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_file_that_is_missing_or_cut_is_named()
    {
        var missing = Path.Combine(_folder.FullName, "none.json");
        Assert.Contains("cannot be read", Assert.Throws<PaperBrokerException>(() => PaperInstruments.FromFile(missing)).Message, StringComparison.Ordinal);

        var whole = File.ReadAllBytes(Write(Good, true));
        var cut = Path.Combine(_folder.FullName, "cut.json.gz");
        File.WriteAllBytes(cut, [.. whole[..10], .. Enumerable.Repeat((byte)0xff, 40)]);
        var message = Assert.Throws<PaperBrokerException>(() => PaperInstruments.FromFile(cut)).Message;
        output.WriteLine(message);
        Assert.Contains("cannot be decompressed", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_real_list_trades()
    {
        if (Repository.Shared("trading212", "instruments.json.gz") is not { } path)
        {
            output.WriteLine("Skipped: ../shared/trading212/instruments.json.gz is not here.");
            return;
        }

        var list = PaperInstruments.FromFile(path);
        Assert.Equal(13_056, list.Count);
        await using var bed = await PaperTestBed.Create(o => o with { Instruments = list });
        var all = (await bed.Get("equity/metadata/instruments")).AsArray();
        Assert.Equal(13_056, all.Count);
        var schedules = (await bed.Get("equity/metadata/exchanges"))[0]!["workingSchedules"]!.AsArray().Select(s => s!["id"]!.GetValue<long>()).ToHashSet();
        Assert.All(all, i => Assert.Contains(i!["workingScheduleId"]!.GetValue<long>(), schedules));
        await bed.Trade(1m, 20m, "IKNX_US_EQ");
        Assert.Single(bed.Broker.ReadLedger().Fills);
    }

    private string Write(string text, bool compressed)
    {
        var path = Path.Combine(_folder.FullName, compressed ? "instruments.json.gz" : "instruments.json");
        using var file = File.Create(path);
        using Stream target = compressed ? new GZipStream(file, CompressionLevel.Fastest) : file;
        target.Write(Encoding.UTF8.GetBytes(text));
        return path;
    }
}

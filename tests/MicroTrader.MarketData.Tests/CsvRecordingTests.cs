using System.Globalization;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData.Tests;

public sealed class CsvRecordingTests : IDisposable
{
    private const string Times = "ISO 8601 with Z or an offset (2013-10-07T13:30:00.123Z) or Unix milliseconds is allowed";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2025-03-03T14:30:00Z", "2025-03-03T14:30:00Z")]
    [InlineData("2025-03-03T14:30:00.123Z", "2025-03-03T14:30:00.123Z")]
    [InlineData("2025-03-03t14:30:00.123456789z", "2025-03-03T14:30:00.1234567Z")]
    [InlineData("2025-03-03 09:30:00-05:00", "2025-03-03T14:30:00Z")]
    [InlineData("2025-03-03T20:00:00+0530", "2025-03-03T14:30:00Z")]
    [InlineData("2025-03-03T15:30+01", "2025-03-03T14:30:00Z")]
    [InlineData("1741012200123", "2025-03-03T14:30:00.123Z")]
    public void Every_allowed_time_is_read(string text, string utc)
    {
        var path = _folder.Text("a.csv", $"time,symbol,price,volume\n{text},AXSM,157.50,12.5\n");
        Assert.Equal([new Tick(Symbol.Parse("AXSM"), TickKind.Trade, DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture), 157.50m, 12.5m)], Read(path));
    }

    [Fact]
    public void Columns_may_stand_in_any_order()
    {
        var path = _folder.Text("a.csv", "\uFEFFVolume, price ,Symbol,TIME\r\n5,1.25, axsm ,2025-03-03T14:30:00Z\r\n\r\n6,1.5,AXSM,2025-03-03T14:30:01Z");
        Assert.Equal([(1.25m, 5m), (1.5m, 6m)], Read(path).Select(t => (t.Price, t.Volume!.Value)));
    }

    [Theory]
    [InlineData("a.csv.gz")]
    [InlineData("a.gz")]
    public void A_compressed_file_is_read_like_a_plain_one(string name)
    {
        var path = _folder.Gzip(name, "time,symbol,price,volume\n2025-03-03T14:30:00Z,AXSM,157.50,1\n");
        Assert.Equal(157.50m, Assert.Single(Read(path)).Price);
    }

    [Theory]
    [InlineData("2025-03-03T14:30:00Z,AXSM,157.50", "has 3 fields; 4 are allowed, as in the header")]
    [InlineData("2025-03-03T14:30:00Z,AXSM,157,50,1", "has 5 fields; 4 are allowed, as in the header")]
    [InlineData("2025-03-03T14:30:00Z,9X,157.50,1", "symbol '9X' is not one; 1 to 12 letters, digits, dots or hyphens are allowed, the first a letter")]
    [InlineData("2025-03-03T14:30:00Z,ÄX,157.50,1", "symbol 'ÄX' is not one; 1 to 12 letters, digits, dots or hyphens are allowed, the first a letter")]
    [InlineData("2025-03-03T14:30:00,AXSM,157.50,1", "time '2025-03-03T14:30:00' has no offset; " + Times)]
    [InlineData("2025-02-30T14:30:00Z,AXSM,157.50,1", "time '2025-02-30T14:30:00Z' cannot be read; " + Times)]
    [InlineData("03/03/2025,AXSM,157.50,1", "time '03/03/2025' cannot be read; " + Times)]
    [InlineData("1741012200,AXSM,157.50,1", "time 1741012200 is too early for Unix milliseconds (seconds?); " + Times)]
    [InlineData("2025-03-03T14:30:00Z,AXSM,0,1", "price is zero; more than zero is allowed")]
    [InlineData("2025-03-03T14:30:00Z,AXSM,0.00,1", "price is zero; more than zero is allowed")]
    [InlineData("2025-03-03T14:30:00Z,AXSM,-1.5,1", "price -1.5 is negative; more than zero is allowed")]
    [InlineData("2025-03-03T14:30:00Z,AXSM,1.5.5,1", "price '1.5.5' is not a number; digits with an optional decimal point are allowed, at most 18")]
    [InlineData("2025-03-03T14:30:00Z,AXSM,1.5,-2", "volume -2 is negative; zero or more is allowed")]
    [InlineData("2025-03-03T14:30:00Z,AXSM,1.5,", "volume '' is not a number; digits with an optional decimal point are allowed, at most 18")]
    public void A_malformed_row_is_named_and_skipped(string row, string reason)
    {
        var path = _folder.Text("a.csv", $"time,symbol,price,volume\n2025-03-03T14:29:59Z,AXSM,1,1\n{row}\n2025-03-03T14:30:01Z,AXSM,2,0\n");
        using var recording = Recording.Open([path]);
        Assert.Equal([1m, 2m], recording.ReadTicks().Select(t => t.Price));
        Assert.Equal([$"{path}:3: {reason}"], recording.Statistics.NamedMalformedRows);
        Assert.Equal(1, recording.Statistics.MalformedRows);
    }

    [Fact]
    public void A_line_without_end_costs_no_memory_and_is_skipped()
    {
        var path = _folder.Text("a.csv", $"time,symbol,price,volume\n{new string('7', 500_000)}\n2025-03-03T14:30:01Z,AXSM,2,0\n{new string(',', 70_000)}");
        using var recording = Recording.Open([path]);
        Assert.Single(recording.ReadTicks());
        Assert.Equal(
            [$"{path}:2: longer than 65536 bytes; a row of prices is allowed", $"{path}:4: longer than 65536 bytes; a row of prices is allowed"],
            recording.Statistics.NamedMalformedRows);
    }

    [Fact]
    public void A_symbol_filter_leaves_out_the_rows_of_others()
    {
        var path = _folder.Text("a.csv", "time,symbol,price,volume\n2025-03-03T14:30:00Z,AXSM,1,1\n2025-03-03T14:30:00Z,DJT,2,1\n2025-03-03T14:30:00Z,AXSM,3,1\n");
        using var recording = Recording.Open([path], new RecordingOptions { Symbols = [Symbol.Parse("AXSM")] });
        Assert.Equal([1m, 3m], recording.ReadTicks().Select(t => t.Price));
        Assert.Equal((3, 1, 0), (recording.Statistics.RowsRead, recording.Statistics.FilteredRows, recording.Statistics.MalformedRows));
        Assert.Equal([Symbol.Parse("AXSM")], recording.FindSymbols());
    }

    [Fact]
    public void The_symbols_are_found_without_counting_anything()
    {
        var path = _folder.Text("a.csv", "time,symbol,price,volume\n2025-03-03T14:30:00Z,hut,1,1\nbad\n2025-03-03T14:30:00Z,DJT,2,1\n");
        using var recording = Recording.Open([path]);
        Assert.Equal(["DJT", "HUT"], recording.FindSymbols().Select(s => s.Value));
        Assert.Equal((0, 0), (recording.Statistics.RowsRead, recording.Statistics.MalformedRows));
    }

    [Theory]
    [InlineData("date,symbol,price,volume\n", "the header is 'date,symbol,price,volume'; time,symbol,price,volume in any order is allowed, alone or with all of kind,bid,ask,basis,traits,received")]
    [InlineData("time,symbol,price,volume,note\n", "the header is 'time,symbol,price,volume,note'; time,symbol,price,volume in any order is allowed, alone or with all of kind,bid,ask,basis,traits,received")]
    [InlineData("time,time,price,volume\n", "the header is 'time,time,price,volume'; time,symbol,price,volume in any order is allowed, alone or with all of kind,bid,ask,basis,traits,received")]
    [InlineData("34200000,1674100,100,Q\n", "the header is '34200000,1674100,100,Q'; time,symbol,price,volume in any order is allowed, alone or with all of kind,bid,ask,basis,traits,received")]
    public void An_unknown_header_is_refused(string text, string reason)
    {
        var path = _folder.Text("a.csv", text);
        Assert.Equal($"{path}:1: {reason}", Assert.Throws<RecordingException>(() => Recording.Open([path])).Message);
    }

    [Fact]
    public void An_empty_file_is_refused()
    {
        var path = _folder.Text("a.csv", "");
        Assert.StartsWith($"{path}: is empty; ", Assert.Throws<RecordingException>(() => Recording.Open([path])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gz_that_is_none_is_refused()
    {
        var path = _folder.Text("a.csv.gz", "time,symbol,price,volume\n");
        var message = Assert.Throws<RecordingException>(() => Recording.Open([path])).Message;
        Assert.StartsWith($"{path}: could not be read after line 0: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gz_that_was_cut_off_is_refused()
    {
        var rows = string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{1_741_012_200_000 + (i * 37L)},AXSM,{100 + (i * 7919 % 1000)}.25,{i % 77}\n"));
        var path = _folder.Gzip("a.csv.gz", "time,symbol,price,volume\n" + rows);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        using var recording = Recording.Open([path]);
        var message = Assert.Throws<RecordingException>(() => recording.ReadTicks().Count()).Message;
        Assert.StartsWith($"{path}: ends after ", message, StringComparison.Ordinal);
        Assert.EndsWith("it was cut off, or several were joined; one whole, undamaged file is needed", message, StringComparison.Ordinal);
    }

    private static List<Tick> Read(string path)
    {
        using var recording = Recording.Open([path]);
        var ticks = recording.ReadTicks().ToList();
        Assert.Equal(0, recording.Statistics.MalformedRows);
        return ticks;
    }
}

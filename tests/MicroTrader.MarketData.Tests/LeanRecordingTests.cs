using System.Globalization;
using System.IO.Compression;
using System.Text;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData.Tests;

public sealed class LeanRecordingTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Trades_in_summer_time_are_four_hours_behind_UTC()
    {
        var path = _folder.Lean("tick", "spy", "20131007", "34200123,1674100,210,Q,2000,0\n");
        var tick = Assert.Single(Read(path));
        Assert.Equal(new Tick(Symbol.Parse("SPY"), TickKind.Trade, Utc("2013-10-07T13:30:00.123Z"), 167.41m, 210m), tick);
        Assert.Equal("167.41", tick.Price.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Trades_in_winter_time_are_five_hours_behind_UTC()
    {
        var path = _folder.Lean("tick", "spy", "20140106", "34200000,1830001,100,P,2000,0");
        var tick = Assert.Single(Read(path));
        Assert.Equal(Utc("2014-01-06T14:30:00Z"), tick.Time);
        Assert.Equal(183.0001m, tick.Price);
    }

    [Fact]
    public void A_fraction_of_a_millisecond_is_kept()
    {
        var path = _folder.Lean("tick", "spy", "20131007", "34200000.25,1674100,0.5,Q,2000,0");
        var tick = Assert.Single(Read(path));
        Assert.Equal(Utc("2013-10-07T13:30:00.00025Z"), tick.Time);
        Assert.Equal(0.5m, tick.Volume);
    }

    [Theory]
    [InlineData("second", TickKind.SecondBar, "2013-10-07T13:30:01Z")]
    [InlineData("minute", TickKind.MinuteBar, "2013-10-07T13:31:00Z")]
    public void A_bar_is_known_at_its_end_with_its_close(string kind, TickKind expected, string end)
    {
        var path = _folder.Lean(kind, "ibm", "20131007", "34200000,1790500,1800000,1780000,1790200,840");
        Assert.Equal([new Tick(Symbol.Parse("IBM"), expected, Utc(end), 179.02m, 840m, Basis: PriceBasis.Bar)], Read(path));
    }

    [Fact]
    public void The_last_bar_of_a_day_ends_at_midnight()
    {
        var path = _folder.Lean("minute", "ibm", "20131007", "86340000,1790500,1790500,1790200,1790200,840");
        Assert.Equal(Utc("2013-10-08T04:00:00Z"), Assert.Single(Read(path)).Time);
    }

    [Fact]
    public void Suspicious_trades_are_left_out_and_counted()
    {
        var path = _folder.Lean("tick", "spy", "20131007", "1000,1674100,1,Q,2000,0\n2000,9994100,1,Q,2000,1\n3000,1674200,1,Q,2000,0\n");
        using var recording = Recording.Open([path]);
        Assert.Equal([167.41m, 167.42m], recording.ReadTicks().Select(t => t.Price));
        Assert.Equal((3, 2, 1, 0), (recording.Statistics.RowsRead, recording.Statistics.TicksGiven, recording.Statistics.SuspiciousRows, recording.Statistics.MalformedRows));
    }

    [Theory]
    [InlineData("tick", "1000,1674100,1,Q,2000", "has 5 fields; 6 are allowed (time, price, quantity, exchange, sale condition, suspicious)")]
    [InlineData("tick", "1000,1674100,1,Q,2000,0,7", "has 7 fields; 6 are allowed (time, price, quantity, exchange, sale condition, suspicious)")]
    [InlineData("tick", "1000,1674100,1,Q,20,00,0", "has 7 fields; 6 are allowed (time, price, quantity, exchange, sale condition, suspicious)")]
    [InlineData("tick", "1000,1674100,1,Q,0", "has 5 fields; 6 are allowed (time, price, quantity, exchange, sale condition, suspicious)")]
    [InlineData("tick", "hello", "has 1 field; 6 are allowed (time, price, quantity, exchange, sale condition, suspicious)")]
    [InlineData("tick", "1000,16x4100,1,Q,2000,0", "price '16x4100' is not a number; digits with an optional decimal point are allowed, at most 18")]
    [InlineData("tick", "1000,,1,Q,2000,0", "price '' is not a number; digits with an optional decimal point are allowed, at most 18")]
    [InlineData("tick", "1000,1e6,1,Q,2000,0", "price '1e6' is not a number; digits with an optional decimal point are allowed, at most 18")]
    [InlineData("tick", "1000,1234567890123456789,1,Q,2000,0", "price '1234567890123456789' is not a number; digits with an optional decimal point are allowed, at most 18")]
    [InlineData("tick", "1000,0,1,Q,2000,0", "price is zero; more than zero is allowed")]
    [InlineData("tick", "1000,-5,1,Q,2000,0", "price -5 is negative; more than zero is allowed")]
    [InlineData("tick", "1000,1674100,-1,Q,2000,0", "quantity -1 is negative; zero or more is allowed")]
    [InlineData("tick", "1000,1674100,1,Q,2000,2", "suspicious '2' is not a mark; 0 or 1 is allowed")]
    [InlineData("tick", "1000,1674100,1,Q,2000,", "suspicious '' is not a mark; 0 or 1 is allowed")]
    [InlineData("tick", "86400000,1674100,1,Q,2000,0", "time 86400000 is outside the day; 0 to 86399999 ms since midnight is allowed")]
    [InlineData("tick", "-1,1674100,1,Q,2000,0", "time -1 is outside the day; 0 to 86399999 ms since midnight is allowed")]
    [InlineData("tick", "09:30,1674100,1,Q,2000,0", "time '09:30' is not a number; digits with an optional decimal point are allowed, at most 18")]
    [InlineData("second", "1000,1,1,1,1", "has 5 fields; 6 are allowed (time, open, high, low, close, volume)")]
    [InlineData("second", "1000,1,x,1,1,5", "high 'x' is not a number; digits with an optional decimal point are allowed, at most 18")]
    [InlineData("second", "1000,1,1,1,0,5", "close is zero; more than zero is allowed")]
    [InlineData("minute", "1000,1,1,1,1,-5", "volume -5 is negative; zero or more is allowed")]
    [InlineData("minute", "1000,1,1,1,1,5x", "volume '5x' is not a number; digits with an optional decimal point are allowed, at most 18")]
    public void A_malformed_row_is_named_and_skipped(string kind, string row, string reason)
    {
        var good = kind == "tick" ? "2000,1674100,1,Q,2000,0" : "2000,1674100,1674100,1674100,1674100,5";
        var path = _folder.Lean(kind, "spy", "20131007", $"{good}\r\n{row}\r\n{good}");
        using var recording = Recording.Open([path]);
        Assert.Equal(2, recording.ReadTicks().Count());
        Assert.Equal(1, recording.Statistics.MalformedRows);
        Assert.Equal([$"{path}:2: {reason}"], recording.Statistics.NamedMalformedRows);
    }

    [Fact]
    public void Malformed_rows_past_the_first_few_are_counted_only()
    {
        var path = _folder.Lean("tick", "spy", "20131007", string.Concat(Enumerable.Repeat("bad\n", 25)));
        using var recording = Recording.Open([path], new RecordingOptions { NamedMalformedRows = 3 });
        Assert.Empty(recording.ReadTicks());
        Assert.Equal(25, recording.Statistics.MalformedRows);
        Assert.Equal(3, recording.Statistics.NamedMalformedRows.Count);
        Assert.StartsWith($"{path}:3: ", recording.Statistics.NamedMalformedRows[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_slightly_late_is_given_at_the_time_of_the_row_above()
    {
        var path = _folder.Lean("tick", "spy", "20131007", "100000,1674100,1,Q,2000,0\n99000,1674200,1,Q,2000,0\n100001,1674300,1,Q,2000,0\n");
        using var recording = Recording.Open([path]);
        var ticks = recording.ReadTicks().ToList();
        Assert.Equal([Utc("2013-10-07T04:01:40Z"), Utc("2013-10-07T04:01:40Z"), Utc("2013-10-07T04:01:40.001Z")], ticks.Select(t => t.Time));
        Assert.Equal((1, 0), (recording.Statistics.OutOfOrderRows, recording.Statistics.MalformedRows));
    }

    [Fact]
    public void A_row_far_back_in_time_is_malformed()
    {
        var path = _folder.Lean("tick", "spy", "20131007", "3600000,1674100,1,Q,2000,0\n0,1674200,1,Q,2000,0\n");
        using var recording = Recording.Open([path]);
        Assert.Single(recording.ReadTicks());
        Assert.Equal(
            [$"{path}:2: time 2013-10-07T04:00:00Z is 01:00:00 before the row above; rows in time order are allowed, late by at most 00:01:00"],
            recording.Statistics.NamedMalformedRows);
    }

    [Fact]
    public void Duplicate_rows_are_all_given()
    {
        var path = _folder.Lean("tick", "spy", "20131007", "1000,1674100,1,Q,2000,0\n1000,1674100,1,Q,2000,0\n");
        Assert.Equal(2, Read(path).Count);
    }

    [Fact]
    public void Kind_and_symbol_come_from_the_folder_where_the_inner_name_says_nothing()
    {
        var path = _folder.Lean("second", "brk.b", "20131007", "1000,10000,10000,10000,10000,1", inner: "data.csv");
        var tick = Assert.Single(Read(path));
        Assert.Equal((Symbol.Parse("BRK.B"), TickKind.SecondBar), (tick.Symbol, tick.Kind));
    }

    [Fact]
    public void Kind_and_symbol_come_from_the_inner_name_in_any_folder()
    {
        var path = _folder.Lean("downloads", "x1_", "20131007", "1000,10000,10000,10000,10000,1", inner: "20131007_aapl_minute_trade.csv");
        var tick = Assert.Single(Read(path));
        Assert.Equal((Symbol.Parse("AAPL"), TickKind.MinuteBar), (tick.Symbol, tick.Kind));
    }

    [Fact]
    public void Names_that_contradict_each_other_are_refused()
    {
        var kind = _folder.Lean("tick", "spy", "20131007", "", inner: "20131007_spy_second_trade.csv");
        Assert.Equal($"{kind}: holds 20131007_spy_second_trade.csv in a folder of tick data; the same kind in the folder's name and inside is allowed", Refusal(kind));
        var day = _folder.Lean("tick", "spy", "20131008", "", inner: "20131007_spy_Trade_Tick.csv");
        Assert.Equal($"{day}: holds 20131007_spy_Trade_Tick.csv of another day; one day in the file's name and inside is allowed", Refusal(day));
    }

    [Fact]
    public void Names_that_say_too_little_are_refused()
    {
        var kind = _folder.Lean("stuff", "spy", "20131007", "", inner: "data.csv");
        Assert.StartsWith($"{kind}: neither its folder nor data.csv inside says whether these are tick, second or minute trades", Refusal(kind), StringComparison.Ordinal);
        var symbol = _folder.Lean("tick", "1_", "20131007", "", inner: "data.csv");
        Assert.StartsWith($"{symbol}: neither its folder nor data.csv inside names a symbol", Refusal(symbol), StringComparison.Ordinal);
        var day = _folder.Lean("daily", "x", "20131007", "", name: "spy.zip");
        Assert.StartsWith($"{day}: is not named YYYYMMDD_trade.zip", Refusal(day), StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_that_is_none_is_refused()
    {
        var path = _folder.Text("tick/spy/20131007_trade.zip", "this is no zip");
        Assert.StartsWith($"{path}: cannot be opened as a zip: ", Refusal(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_of_two_files_is_refused()
    {
        var path = _folder.Lean("tick", "spy", "20131007", "");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Update))
            zip.CreateEntry("more.csv");
        Assert.Equal($"{path}: holds 2 files; exactly one CSV in a LEAN zip is allowed", Refusal(path));
    }

    [Fact]
    public void What_stands_before_the_damage_is_given_before_it_is_refused()
    {
        var rows = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"{34_200_000 + i},{1_674_000 + (i * 7919 % 1000)},{100 + (i * 104_729 % 900)},P,0,0\n"));
        var path = _folder.Lean("tick", "spy", "20131007", rows);
        var bytes = File.ReadAllBytes(path);
        bytes.AsSpan(bytes.Length * 3 / 4, 64).Fill(0xFF);
        File.WriteAllBytes(path, bytes);
        using var recording = Recording.Open([path]);
        using var reader = recording.ReadBatches();
        var batch = new RecordedTick[1_000_000];
        var given = reader.Fill(batch);
        Assert.True(given > 1_000, $"{given} ticks");
        Assert.Equal(recording.Statistics.TicksGiven, given);
        Assert.All(batch.AsSpan(0, given).ToArray(), t => Assert.True(t.Tick.Price > 0));
        Assert.Throws<RecordingException>(() => reader.Fill(batch));
    }

    [Fact]
    public void A_zip_with_damaged_data_is_refused_while_reading()
    {
        var random = new Random(1);
        var rows = new StringBuilder();
        for (var i = 0; i < 20_000; i++)
            rows.Append(CultureInfo.InvariantCulture, $"{i * 1000},{random.Next(1_000_000, 2_000_000)},{random.Next(1, 999)},Q,2000,0\n");
        var path = _folder.Lean("tick", "spy", "20131007", rows.ToString());
        var bytes = File.ReadAllBytes(path);
        for (var i = 20_000; i < 24_000; i++)
            bytes[i] = 0xFF;
        File.WriteAllBytes(path, bytes);
        using var recording = Recording.Open([path]);
        var message = Assert.Throws<RecordingException>(() => recording.ReadTicks().Count()).Message;
        Assert.StartsWith($"{path}: ", message, StringComparison.Ordinal);
        Assert.EndsWith("a whole, undamaged file is needed", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Quotes_are_passed_over_in_a_folder_and_refused_as_a_file()
    {
        _folder.Lean("tick", "spy", "20131007", "1000,1674100,1,Q,2000,0");
        var quotes = _folder.Lean("tick", "spy", "20131007", "1000,1,1,1,1,0", name: "20131007_quote.zip");
        _folder.Text("README.md", "about");
        using var recording = Recording.Open([_folder.Path]);
        Assert.Single(recording.ReadTicks());
        Assert.Equal((1, 2), (recording.Statistics.Files, recording.Statistics.SkippedFiles));
        Assert.StartsWith($"{quotes}: holds no trades", Refusal(quotes), StringComparison.Ordinal);
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static string Refusal(string path) => Assert.Throws<RecordingException>(() => Recording.Open([path]).Dispose()).Message;

    private static List<Tick> Read(string path)
    {
        using var recording = Recording.Open([path]);
        return [.. recording.ReadTicks()];
    }
}

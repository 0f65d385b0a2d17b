using System.Globalization;
using MicroTrader.Domain.Market;

namespace MicroTrader.MarketData.Tests;

public sealed class RecordingMergeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Days_and_symbols_are_merged_in_time_order()
    {
        // Given in the wrong order of days on purpose.
        var aig8 = _folder.Lean("tick", "aig", "20131008", Trade(1000, 80) + Trade(3000, 81));
        var aig7 = _folder.Lean("tick", "aig", "20131007", Trade(1000, 70) + Trade(4000, 71));
        var spy7 = _folder.Lean("tick", "spy", "20131007", Trade(1000, 72) + Trade(2000, 73) + Trade(4000, 74));
        var csv = _folder.Text("a.csv", "time,symbol,price,volume\n2013-10-07T04:00:03Z,HUT,75,1\n2013-10-08T04:00:02Z,HUT,82,1\n");
        using var recording = Recording.Open([aig8, aig7, spy7, csv]);
        var ticks = recording.ReadTicks().ToList();
        // Ties: aig7 was given before spy7.
        Assert.Equal([70m, 72m, 73m, 75m, 71m, 74m, 80m, 82m, 81m], ticks.Select(t => t.Price));
        Assert.Equal(ticks.OrderBy(t => t.Time).Select(t => t.Time), ticks.Select(t => t.Time));
        Assert.Equal([aig8, aig7, spy7, csv], recording.Files);
        Assert.Equal((4, 4, 9), (recording.Statistics.Files, recording.Statistics.FilesOpened, recording.Statistics.TicksGiven));
    }

    [Fact]
    public void Ticks_of_one_time_keep_the_order_of_files_then_rows()
    {
        _folder.Lean("tick", "bbb", "20131007", Trade(5, 3) + Trade(5, 4));
        _folder.Lean("tick", "aaa", "20131007", Trade(5, 1) + Trade(5, 2));
        using var recording = Recording.Open([_folder.Path]);
        Assert.Equal([1m, 2m, 3m, 4m], recording.ReadTicks().Select(t => t.Price));
    }

    // One at a time, each tick has its own way through the merge; many at a time, a run of one file is read on until another's turn has come.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1_000)]
    public void However_many_are_read_at_a_time_the_order_and_the_ticks_are_the_same(int atATime)
    {
        var random = new Random(11);
        var all = new List<(int Ms, int File, int Dollars)>();
        for (var file = 0; file < 3; file++)
        {
            var ms = 0;
            for (var i = 0; i < 40; i++)
                all.Add((ms += random.Next(3), file, 10 + all.Count));
            _folder.Lean("tick", $"s{file}", "20131007", string.Concat(all.Where(t => t.File == file).Select(t => Trade(t.Ms, t.Dollars))));
        }

        using var recording = Recording.Open([_folder.Path]);
        using var batches = recording.ReadBatches();
        var batch = new RecordedTick[atATime];
        var given = new List<(int File, decimal Price)>();
        while (batches.Fill(batch) is > 0 and var count)
            given.AddRange(batch.AsSpan(0, count).ToArray().Select(t => (t.Tick.Symbol.Value[1] - '0', t.Tick.Price)));

        Assert.Equal(all.OrderBy(t => t.Ms).ThenBy(t => t.File).Select(t => (t.File, (decimal)t.Dollars)), given);
    }

    [Fact]
    public void A_file_of_a_later_day_is_opened_when_its_day_comes()
    {
        _folder.Lean("tick", "spy", "20131007", Trade(1000, 1) + Trade(2000, 2));
        _folder.Lean("tick", "spy", "20131008", Trade(1000, 3));
        using var recording = Recording.Open([_folder.Path]);
        using var ticks = recording.ReadTicks().GetEnumerator();
        Assert.True(ticks.MoveNext());
        Assert.Equal((1, 1), (recording.Statistics.FilesOpened, recording.Statistics.TicksGiven));
        Assert.True(ticks.MoveNext() && ticks.MoveNext());
        Assert.Equal((2, 3), (recording.Statistics.FilesOpened, recording.Statistics.TicksGiven));
    }

    [Fact]
    public void Filters_by_symbol_and_kind_leave_whole_files_unopened()
    {
        _folder.Lean("tick", "spy", "20131007", Trade(1000, 1));
        _folder.Lean("second", "spy", "20131007", "0,20000,20000,20000,20000,5");
        _folder.Lean("tick", "aig", "20131007", Trade(1000, 3));
        using var recording = Recording.Open([_folder.Path], new RecordingOptions { Symbols = [Symbol.Parse("SPY")], Kinds = [TickKind.SecondBar] });
        Assert.Equal([2m], recording.ReadTicks().Select(t => t.Price));
        Assert.Equal((1, 2, 1), (recording.Statistics.Files, recording.Statistics.FilteredFiles, recording.Statistics.RowsRead));
        Assert.Equal([TickKind.SecondBar], recording.Kinds);
    }

    [Fact]
    public void A_filter_that_leaves_nothing_is_refused()
    {
        _folder.Lean("tick", "spy", "20131007", Trade(1000, 1));
        var message = Assert.Throws<RecordingException>(() => Recording.Open([_folder.Path], new RecordingOptions { Symbols = [Symbol.Parse("HUT")] })).Message;
        Assert.Equal($"{_folder.Path}: holds nothing of the symbols (HUT) and kinds (all) asked for; it has Trade of SPY", message);
    }

    [Fact]
    public void The_symbols_are_listed_without_reading()
    {
        _folder.Lean("tick", "spy", "20131007", "");
        _folder.Lean("tick", "spy", "20131008", "");
        _folder.Lean("tick", "aig", "20131007", "");
        using var recording = Recording.Open([_folder.Path]);
        Assert.Equal(["AIG", "SPY"], recording.FindSymbols().Select(s => s.Value));
        Assert.Equal(0, recording.Statistics.FilesOpened);
    }

    [Fact]
    public void A_missing_path_is_refused()
    {
        var path = Path.Combine(_folder.Path, "nothing");
        Assert.Equal($"{path}: there is no such file or folder; a LEAN trade zip, a CSV (.csv, .csv.gz) or a folder of them is allowed", Refusal(path));
    }

    [Fact]
    public void A_folder_without_a_recording_is_refused()
    {
        Assert.Equal($"{_folder.Path}: holds no recording; a LEAN trade zip, a CSV (.csv, .csv.gz) or a folder of them is allowed", Refusal(_folder.Path));
        _folder.Text("notes.txt", "x");
        Assert.StartsWith($"{_folder.Path}: holds no recording", Refusal(_folder.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_sort_is_refused()
    {
        var path = _folder.Text("prices.xlsx", "x");
        Assert.Equal($"{path}: is neither a LEAN zip nor a CSV; a LEAN trade zip, a CSV (.csv, .csv.gz) or a folder of them is allowed", Refusal(path));
    }

    [Fact]
    public void A_file_given_twice_is_refused()
    {
        var path = _folder.Lean("tick", "spy", "20131007", Trade(1000, 1));
        Assert.StartsWith($"{path}: is given twice", Assert.Throws<RecordingException>(() => Recording.Open([path, _folder.Path])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_a_folder_is_refused_instead_of_followed_in_a_circle()
    {
        _folder.Lean("tick", "spy", "20131007", Trade(1000, 1));
        var link = Path.Combine(_folder.Path, "tick", "back");
        Directory.CreateSymbolicLink(link, _folder.Path);
        Assert.StartsWith($"{link}: is a link to a folder", Refusal(_folder.Path), StringComparison.Ordinal);
        Directory.Delete(link);
    }

    [Fact]
    public void No_path_and_impossible_options_are_refused()
    {
        Assert.StartsWith("no path was given", Assert.Throws<RecordingException>(() => Recording.Open([])).Message, StringComparison.Ordinal);
        Assert.StartsWith("a path is empty", Refusal(" "), StringComparison.Ordinal);
        Assert.StartsWith("NamedMalformedRows: -1", Assert.Throws<ArgumentException>(() => Recording.Open(["x"], new RecordingOptions { NamedMalformedRows = -1 })).Message, StringComparison.Ordinal);
        Assert.StartsWith("MaxLateness: -00:00:01", Assert.Throws<ArgumentException>(() => Recording.Open(["x"], new RecordingOptions { MaxLateness = TimeSpan.FromSeconds(-1) })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_pass_starts_anew_but_not_beside_the_first()
    {
        var path = _folder.Lean("tick", "spy", "20131007", Trade(1000, 1) + "bad\n" + Trade(2000, 2));
        using var recording = Recording.Open([path]);
        using (var first = recording.ReadTicks().GetEnumerator())
        {
            Assert.True(first.MoveNext());
            Assert.Throws<InvalidOperationException>(() => recording.ReadTicks().Count());
        }

        Assert.Equal(2, recording.ReadTicks().Count());
        Assert.Equal(2, recording.ReadTicks().Count());
        Assert.Equal((3, 1), (recording.Statistics.RowsRead, recording.Statistics.MalformedRows));
        Assert.Single(recording.Statistics.NamedMalformedRows);
    }

    [Fact]
    public void Dispose_closes_the_files_of_a_pass_under_way()
    {
        var path = _folder.Lean("tick", "spy", "20131007", Trade(1000, 1) + Trade(2000, 2));
        var recording = Recording.Open([path]);
        using var ticks = recording.ReadTicks().GetEnumerator();
        Assert.True(ticks.MoveNext());
        recording.Dispose();
        // Nobody holds the file any more.
        using (File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
        }

        Assert.Throws<ObjectDisposedException>(() => ticks.MoveNext());
        Assert.Throws<ObjectDisposedException>(() => recording.ReadTicks().Count());
    }

    private static string Trade(int ms, int dollars) => string.Create(CultureInfo.InvariantCulture, $"{ms},{dollars * 10_000},1,Q,2000,0\n");

    private static string Refusal(string path) => Assert.Throws<RecordingException>(() => Recording.Open([path])).Message;
}

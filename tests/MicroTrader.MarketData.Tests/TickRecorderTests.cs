using MicroTrader.Domain.Market;
using Xunit.Abstractions;

namespace MicroTrader.MarketData.Tests;

public sealed class TickRecorderTests(ITestOutputHelper output) : IDisposable
{
    private static readonly DateTimeOffset Start = new(2025, 3, 3, 14, 30, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly VirtualTimeProvider _time = new(Start);

    private TickRecorderOptions Options => new() { Folder = Path.Combine(_folder.Path, "records") };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Any_ticks_are_read_back_as_they_were_in_the_order_they_came()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var ticks = Enumerable.Range(0, 20_000).Select(_ => RandomTick(random)).ToList();
        var known = new List<DateTimeOffset>();
        await using (var recorder = new TickRecorder(Options, _time))
        {
            foreach (var tick in ticks)
            {
                recorder.Record(tick);
                known.Add(_time.GetUtcNow());
                _time.AdvanceTo(_time.GetUtcNow().AddTicks(random.NextInt64(0, 100_000)));
            }
        }

        using var recording = Recording.Open([Options.Folder]);
        Assert.Equal(ticks.Zip(known, (t, k) => new RecordedTick(k, t)), recording.Read());
        Assert.Equal((0, 0, 0), (recording.Statistics.MalformedRows, recording.Statistics.OutOfOrderRows, recording.Statistics.CutOffFiles));
        // The scale of a number is kept too: what is shown is what was shown.
        Assert.Equal(ticks.Select(t => t.ToString()), recording.ReadTicks().Select(t => t.ToString()));
    }

    [Fact]
    public async Task A_feed_s_ticks_pass_and_are_recorded()
    {
        await using var recorder = new TickRecorder(Options, _time);
        var tick = new ScriptedTick(Symbol.Parse("AXSM"), 10m, 5m, TimeSpan.Zero);
        var feed = new RecordedFeed(new ScriptedFeed([tick, tick with { Price = 11m, Volume = null }], _time), recorder);
        var passed = new List<Tick>();
        await foreach (var t in feed.ReadAsync(CancellationToken.None))
            passed.Add(t);
        await recorder.DisposeAsync();
        using var recording = Recording.Open([recorder.CurrentPath!]);
        Assert.Equal(passed, recording.ReadTicks());
        Assert.Equal((2, 0), (recorder.Written, recorder.Lost));
        Assert.EndsWith("(recorded)", feed.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_run_and_each_New_York_day_has_a_file_of_its_own()
    {
        for (var run = 0; run < 2; run++)
        {
            await using var recorder = new TickRecorder(Options, _time);
            recorder.Record(RandomTick(new Random(1)));
        }

        await using (var recorder = new TickRecorder(Options, _time))
        {
            recorder.Record(RandomTick(new Random(1)));
            _time.AdvanceTo(new DateTimeOffset(2025, 3, 4, 4, 59, 59, TimeSpan.Zero));
            recorder.Record(RandomTick(new Random(1)));
            _time.AdvanceTo(new DateTimeOffset(2025, 3, 4, 5, 0, 0, TimeSpan.Zero));
            recorder.Record(RandomTick(new Random(1)));
        }

        Assert.Equal(
            ["ticks-20250303-143000Z-2.csv.gz", "ticks-20250303-143000Z-3.csv.gz", "ticks-20250303-143000Z.csv.gz", "ticks-20250304-050000Z.csv.gz"],
            Directory.GetFiles(Options.Folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        using var recording = Recording.Open([Options.Folder]);
        Assert.Equal(5, recording.ReadTicks().Count());
    }

    [Fact]
    public async Task What_a_killed_run_had_flushed_is_read()
    {
        await using var recorder = new TickRecorder(Options, _time);
        var random = new Random(7);
        var ticks = Enumerable.Range(0, 1000).Select(_ => RandomTick(random)).ToList();
        foreach (var tick in ticks)
            recorder.Record(tick);
        await Eventually(() => recorder.Written == 1000);
        _time.AdvanceTo(_time.GetUtcNow() + Options.FlushEvery);
        // The file as it is on disk while the run goes on: without its end.
        var copy = Path.Combine(_folder.Path, "killed.csv.gz");
        using var recording = await Copied();
        Assert.Equal(ticks, recording.ReadTicks());
        Assert.Equal((1, 0), (recording.Statistics.CutOffFiles, recording.Statistics.MalformedRows));

        async Task<Recording> Copied()
        {
            Recording? found = null;
            await Eventually(() =>
            {
                File.Copy(recorder.CurrentPath!, copy, overwrite: true);
                found?.Dispose();
                found = Recording.Open([copy]);
                return found.ReadTicks().Count() == 1000;
            });
            return found!;
        }
    }

    [Fact]
    public async Task A_record_that_is_cut_anywhere_gives_whole_ticks_up_to_there_and_no_others()
    {
        var random = new Random(11);
        var ticks = Enumerable.Range(0, 500).Select(_ => RandomTick(random)).ToList();
        await using (var recorder = new TickRecorder(Options, _time))
        {
            for (var i = 0; i < ticks.Count; i++)
            {
                recorder.Record(ticks[i]);
                if (i % 50 != 49)
                    continue;
                var upTo = i + 1;
                await Eventually(() => recorder.Written == upTo);
                _time.AdvanceTo(_time.GetUtcNow() + Options.FlushEvery);
            }
        }

        var bytes = File.ReadAllBytes(Directory.GetFiles(Options.Folder).Single());
        var cut = Path.Combine(_folder.Path, "cut.csv.gz");
        for (var length = 200; length < bytes.Length; length += 131)
        {
            File.WriteAllBytes(cut, bytes[..length]);
            using var recording = Recording.Open([cut]);
            var read = recording.ReadTicks().ToList();
            Assert.Equal(ticks.Take(read.Count), read);
            Assert.Equal((1, 0), (recording.Statistics.CutOffFiles, recording.Statistics.MalformedRows));
        }
    }

    [Fact]
    public async Task A_disk_that_fails_ends_the_record_once_and_aloud_and_nothing_else()
    {
        // Where the folder should be there is a file.
        File.WriteAllText(Options.Folder, "");
        await using var recorder = new TickRecorder(Options, _time);
        var notes = new List<FeedNote>();
        recorder.Noted += notes.Add;
        for (var i = 0; i < 10; i++)
            recorder.Record(RandomTick(new Random(i)));
        await Eventually(() => recorder.Lost == 10);
        await Eventually(() => notes.Count > 0);
        recorder.Record(RandomTick(new Random(1)));
        Assert.Equal((11, 0, true), (recorder.Lost, recorder.Written, recorder.IsBroken));
        Assert.Contains("ticks are no longer recorded", Assert.Single(notes).Text, StringComparison.Ordinal);
        Assert.Equal((FeedNoteKind.Recording, true), (notes[0].Kind, notes[0].IsWarning));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_turn_the_order_of_ticks()
    {
        var clock = new SettableClock(Start);
        await using (var recorder = new TickRecorder(Options, clock))
        {
            recorder.Record(RandomTick(new Random(1)) with { Price = 1m });
            clock.Now = Start.AddHours(-1);
            recorder.Record(RandomTick(new Random(1)) with { Price = 2m });
        }

        using var recording = Recording.Open([Options.Folder]);
        Assert.Equal([(1m, Start), (2m, Start)], recording.Read().Select(r => (r.Tick.Price, r.KnownAt)));
    }

    [Fact]
    public void Symbols_and_kinds_of_a_record_are_filtered_row_by_row()
    {
        const string Rows = """
            time,symbol,price,volume,kind,bid,ask,basis,traits,received
            2025-03-03T14:30:00Z,AXSM,1,,Snapshot,,,QuoteMiddle,Delayed+AfterGap,2025-03-03T14:30:01Z
            2025-03-03T14:30:00Z,DJT,2,5,Trade,1.9,2.1,Trade,,2025-03-03T14:30:02Z
            2025-03-03T14:30:00Z,AXSM,3,5,Trade,,,Trade,,2025-03-03T14:30:03Z
            """;
        var path = _folder.Text("a.csv", Rows);
        using var recording = Recording.Open([path], new RecordingOptions { Symbols = [Symbol.Parse("AXSM")], Kinds = [TickKind.Trade] });
        Assert.Equal([3m], recording.ReadTicks().Select(t => t.Price));
        using var all = Recording.Open([path]);
        Assert.Equal([TickKind.Trade, TickKind.Snapshot], all.Kinds);
        Assert.Equal(
            new Tick(Symbol.Parse("AXSM"), TickKind.Snapshot, Start, 1m, null, null, null, PriceBasis.QuoteMiddle, TickTraits.Delayed | TickTraits.AfterGap),
            all.ReadTicks().First());
    }

    [Theory]
    [InlineData("2025-03-03T14:30:00Z,AXSM,0,,Trade,,,Trade,,2025-03-03T14:30:01Z")]
    [InlineData("2025-03-03T14:30:00Z,AXSM,,,Trade,,,Trade,,2025-03-03T14:30:01Z")]
    [InlineData("2025-03-03T14:30:00Z,AXSM,1,-1,Trade,,,Trade,,2025-03-03T14:30:01Z")]
    [InlineData("2025-03-03T14:30:00Z,AXSM,1,,trade,,,Trade,,2025-03-03T14:30:01Z")]
    [InlineData("2025-03-03T14:30:00Z,AXSM,1,,Trade,,,Close,,2025-03-03T14:30:01Z")]
    [InlineData("2025-03-03T14:30:00Z,AXSM,1,,Trade,,,Trade,Late,2025-03-03T14:30:01Z")]
    [InlineData("2025-03-03T14:30:00Z,AXSM,1,,Trade,,,Trade,,")]
    public void A_row_that_is_no_tick_is_malformed(string row)
    {
        var path = _folder.Text("a.csv", $"time,symbol,price,volume,kind,bid,ask,basis,traits,received\n{row}\n");
        using var recording = Recording.Open([path]);
        Assert.Empty(recording.ReadTicks());
        Assert.Equal([$"{path}:2: cannot be read; a row as the recorder writes it is allowed"], recording.Statistics.NamedMalformedRows);
    }

    private static Tick RandomTick(Random random)
    {
        var traits = (TickTraits)random.Next(4);
        return new Tick(
            Symbol.Parse(new[] { "AXSM", "DJT", "BRK.B", "WULF" }[random.Next(4)]),
            (TickKind)random.Next(4),
            Start.AddTicks(random.NextInt64(-1_000_000_000_000, 1_000_000_000_000)),
            Number(random) + 0.0001m,
            random.Next(3) == 0 ? null : Number(random),
            random.Next(2) == 0 ? null : Number(random),
            random.Next(2) == 0 ? null : Number(random),
            (PriceBasis)random.Next(4),
            traits);
    }

    // Whole, two decimals with and without zeros behind, and more digits than a price has.
    private static decimal Number(Random random) => random.Next(4) switch
    {
        0 => random.Next(1_000_000),
        1 => random.Next(100_000_000) / 100m,
        2 => new decimal(random.Next(), 0, 0, false, (byte)random.Next(10)),
        _ => new decimal(random.Next(), random.Next(), random.Next(1 << 20), false, (byte)random.Next(20, 28)),
    };

    private static async Task Eventually(Func<bool> condition)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
            await Task.Delay(5, late.Token);
    }

    private sealed class SettableClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

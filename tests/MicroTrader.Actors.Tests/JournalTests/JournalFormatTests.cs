using System.Runtime.Serialization;
using System.Text;
using System.Text.Json;
using MicroTrader.Actors.Journal;
using MicroTrader.Actors.Tests.Support;
using MicroTrader.Domain.Orders;
using MicroTrader.Domain.Positions;

namespace MicroTrader.Actors.Tests.JournalTests;

/// <summary>
/// What is in a journal is read for ever. A golden file for each name: reading it gives the object, writing the object gives the file. A change that
/// breaks one of these breaks people's journals: it needs a new name (and the old one goes on being read), never a new golden file.
/// </summary>
public sealed class JournalFormatTests
{
    public static TheoryData<string> Manifests => [.. JournalManifests.Types.Select(t => JournalManifests.For(t).Manifest)];

    [Theory]
    [MemberData(nameof(Manifests))]
    public void A_golden_file_reads_as_its_object_and_the_object_writes_as_the_file(string manifest)
    {
        var (full, minimal) = JournalExamples.ByManifest[manifest];
        var golden = JsonDocument.Parse(File.ReadAllText(GoldenPath(manifest))).RootElement;
        Assert.Equal(["full", "minimal"], golden.EnumerateObject().Select(p => p.Name));
        foreach (var (name, example) in new[] { ("full", full), ("minimal", minimal) })
        {
            var text = golden.GetProperty(name).GetRawText();
            var written = MicroTraderSerializer.Write(example);
            Assert.Equal(JsonSerializer.Serialize(golden.GetProperty(name), Indented), JsonSerializer.Serialize(JsonDocument.Parse(written).RootElement, Indented));
            // Records with lists have no equality of their own: what is read is compared by what it writes, and by its type.
            var read = MicroTraderSerializer.Read(Encoding.UTF8.GetBytes(text), manifest);
            Assert.IsType(example.GetType(), read);
            Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(MicroTraderSerializer.Write(read)));
            Assert.Equivalent(example, read, strict: true);
        }
    }

    // A type may grow members that may be left out: what was written before them is read as it was, what has them as it is now.
    [Fact]
    public void What_grew_members_is_read_with_and_without_them()
    {
        Assert.NotEmpty(JournalExamples.Grown);
        foreach (var (manifest, example) in JournalExamples.Grown)
        {
            var golden = JsonDocument.Parse(File.ReadAllText(GrownPath(manifest))).RootElement;
            Assert.Equal(["grown"], golden.EnumerateObject().Select(p => p.Name));
            var written = MicroTraderSerializer.Write(example);
            Assert.Equal(JsonSerializer.Serialize(golden.GetProperty("grown"), Indented), JsonSerializer.Serialize(JsonDocument.Parse(written).RootElement, Indented));
            var read = MicroTraderSerializer.Read(Encoding.UTF8.GetBytes(golden.GetProperty("grown").GetRawText()), manifest);
            Assert.Equivalent(example, read, strict: true);
        }

        var before = JsonDocument.Parse(File.ReadAllText(GoldenPath("pos-state/1"))).RootElement.GetProperty("full");
        foreach (var member in new[] { "blocked", "givenUp" })
            Assert.False(before.TryGetProperty(member, out _));
        var old = Assert.IsType<PositionState>(MicroTraderSerializer.Read(Encoding.UTF8.GetBytes(before.GetRawText()), "pos-state/1"));
        Assert.Null(old.Blocked);
        Assert.Null(old.GivenUp);
        Assert.Null(old.Trade!.Adjustments);
        Assert.Null(old.Trade.ExitHold);
        Assert.Equal(1.5m, old.Trade.Held);
    }

    [Fact]
    public void Every_name_has_one_golden_file_and_one_type()
    {
        var names = JournalManifests.Types.Select(t => JournalManifests.For(t).Manifest).ToList();
        Assert.Equal(names.Count, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(names.Order(), JournalExamples.ByManifest.Keys.Order());
        Assert.Equal(
            names.Select(GoldenPath).Concat(JournalExamples.Grown.Keys.Select(GrownPath)).Select(p => Path.GetFileName(p)).Order(),
            Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Golden")).Select(f => Path.GetFileName(f)).Order());
        Assert.All(names, n => Assert.Matches("^(pos|risk)-[a-z-]+/[1-9]$", n));
    }

    [Fact]
    public void Every_fact_of_the_domain_has_a_name()
    {
        Assert.All(PositionTransitions.EventTypes, t => Assert.Contains(t, JournalManifests.Types));
        Assert.All(
            typeof(IPositionEvent).Assembly.GetTypes().Where(t => t is { IsAbstract: false } && (typeof(IPositionEvent).IsAssignableFrom(t) || typeof(Domain.Risk.IRiskEvent).IsAssignableFrom(t))),
            t => Assert.Contains(t, JournalManifests.Types));
    }

    [Theory]
    [InlineData("pos-entry-intended/2")]
    [InlineData("pos-entry-intended")]
    [InlineData("POS-ENTRY-INTENDED/1")]
    [InlineData("")]
    public void A_name_that_is_not_known_is_refused_in_one_line(string manifest)
    {
        var e = Assert.Throws<SerializationException>(() => MicroTraderSerializer.Read("{}"u8, manifest));
        Assert.Contains($"'{manifest}'", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Broken_bytes_are_refused_in_one_line(string manifest)
    {
        var whole = MicroTraderSerializer.Write(JournalExamples.ByManifest[manifest].Full);
        byte[][] broken = [[], [0], "null"u8.ToArray(), "[]"u8.ToArray(), "{}"u8.ToArray(), "{\"at\":\"yesterday\"}"u8.ToArray(), whole[..^1], whole[..(whole.Length / 2)], [.. whole, (byte)'x']];
        foreach (var bytes in broken)
        {
            var e = Assert.Throws<SerializationException>(() => MicroTraderSerializer.Read(bytes, manifest));
            Assert.Contains($"'{manifest}'", e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', e.Message);
        }
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void A_fact_without_one_of_its_members_is_refused_unless_that_may_be_null(string manifest)
    {
        var minimal = JsonDocument.Parse(MicroTraderSerializer.Write(JournalExamples.ByManifest[manifest].Minimal)).RootElement;
        foreach (var member in minimal.EnumerateObject())
        {
            var without = minimal.EnumerateObject().Where(p => p.Name != member.Name).ToDictionary(p => p.Name, p => p.Value);
            Assert.Throws<SerializationException>(() => MicroTraderSerializer.Read(JsonSerializer.SerializeToUtf8Bytes(without), manifest));
        }
    }

    [Fact]
    public void A_member_of_a_later_version_is_passed_over()
    {
        var read = MicroTraderSerializer.Read("""{"reference":"AXSM-1-B1","orderId":7,"at":"2026-06-15T14:30:00+00:00","later":{"x":1}}"""u8, "pos-order-accepted/1");
        Assert.Equal(7, Assert.IsType<OrderAccepted>(read).OrderId);
    }

    [Fact]
    public void A_type_without_a_name_is_refused() =>
        Assert.Contains("has no name in the journal", Assert.Throws<ArgumentException>(() => MicroTraderSerializer.Write(new Fee("x", 1m, "USD"))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task The_actor_system_is_strict_and_the_journal_holds_names_of_ours_alone()
    {
        Assert.Equal(212, MicroTraderSerializer.Id);
        await using var robot = await RobotHarness.StartAsync(new HarnessOptions { Settings = s => s with { SnapshotEvery = 1 } });
        await robot.OpenAsync(at: 157.50m);
        await robot.TickAsync("AXSM", 159.50m);
        await robot.UntilStatusAsync(PositionStatus.Closed);
        await robot.Robot.SetTradingStateAsync(Domain.Risk.TradingState.ExitOnly, "a test", default);
        await robot.EventuallyAsync(() => RawJournal.Snapshots(robot.JournalPath).Count > 0, "a snapshot is there");

        var facts = RawJournal.Facts(robot.JournalPath);
        Assert.Equal(["position-AXSM", "risk"], facts.Select(f => f.PersistenceId).Distinct().Order());
        Assert.All(facts, f =>
        {
            Assert.NotNull(JournalManifests.Find(f.Manifest));
            Assert.Equal(212, f.SerializerId);
        });
        foreach (var text in facts.Select(f => f.Manifest + Encoding.UTF8.GetString(f.Payload)).Concat(RawJournal.Snapshots(robot.JournalPath).Select(s => s.Manifest + Encoding.UTF8.GetString(s.Payload))))
            Assert.DoesNotMatch(@"MicroTrader\.|System\.|\$type|Akka|, Version=", text);

        var serialization = robot.System.Serialization;
        foreach (var example in JournalExamples.ByManifest.Values)
            Assert.Equal(212, serialization.FindSerializerFor(example.Full).Identifier);
        Assert.ThrowsAny<Exception>(() => serialization.FindSerializerFor(new Fee("x", 1m, "USD")));
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static string GrownPath(string manifest) => GoldenPath(manifest).Replace(".json", ".grown.json", StringComparison.Ordinal);

    private static string GoldenPath(string manifest) => Path.Combine(AppContext.BaseDirectory, "Golden", $"{manifest.Replace('/', '_')}.json");
}

using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using MicroTrader.Simulators.Massive;
using Xunit.Abstractions;

namespace MicroTrader.Contract.Tests.Massive;

/// <summary>What the look-alike of Massive answers and streams, against Massive's own descriptions.</summary>
public class MassiveContractTests
{
    private const string Key = "contract";

    // A Monday, 09:00 in New York: before the open.
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 14, 0, 0, TimeSpan.Zero);

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly ITestOutputHelper _output;

    public MassiveContractTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public void The_descriptions_own_examples_keep_their_schemas()
    {
        foreach (JsonElement? content in new[]
        {
            MassiveDescription.RestOrSkip(_output, MassiveDescription.Tickers),
            MassiveDescription.RestOrSkip(_output, $"{MassiveDescription.Tickers}/{{stocksTicker}}"),
            MassiveDescription.RestOrSkip(_output, MassiveDescription.Now),
            MassiveDescription.RestOrSkip(_output, MassiveDescription.Upcoming),
            MassiveDescription.StreamOrSkip(_output, "T"),
            MassiveDescription.StreamOrSkip(_output, "Q"),
            MassiveDescription.StreamOrSkip(_output, "A"),
            MassiveDescription.StreamOrSkip(_output, "AM"),
        })
        {
            if (content is { } one)
                Assert.Empty(MassiveSchema.Validate(one.GetProperty("example"), one.GetProperty("schema")));
        }
    }

    [Fact]
    public void What_breaks_a_schema_is_found()
    {
        if (MassiveDescription.RestOrSkip(_output, MassiveDescription.Tickers) is not { } content)
            return;
        string example = JsonSerializer.Serialize(content.GetProperty("example"), Indented);
        // None of the words is in the example by chance: each change makes exactly one violation.
        foreach ((string was, string now, string said) in new[]
        {
            ("\"status\": \"OK\"", "\"status\": 1", "$.status"),
            ("\"vw\": 20.616", "\"vw\": null", "$.tickers[0].day.vw"),
            ("\"n\": 1,", "\"n\": 1.5,", "$.tickers[0].min.n"),
            ("\"n\": 1,", "", "$.tickers[0].min.n: missing"),
            ("\"n\": 1,", "\"n\": 1, \"nn\": 1,", "$.tickers[0].min.nn: the description knows no such property"),
        })
        {
            Assert.Contains(was, example, StringComparison.Ordinal);
            using JsonDocument broken = JsonDocument.Parse(example.Replace(was, now, StringComparison.Ordinal));
            Assert.StartsWith(said, Assert.Single(MassiveSchema.Validate(broken.RootElement, content.GetProperty("schema"))), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true, true, 0)]
    [InlineData(false, true, 15)]
    [InlineData(true, false, 15)]
    [InlineData(false, false, 0)]
    public async Task Every_answer_keeps_its_schema_and_holds_what_the_example_holds(bool trades, bool quotes, int delayMinutes)
    {
        FakeTimeProvider clock = new(Start);
        FakeMassiveOptions options = new()
        {
            ApiKey = Key,
            TimeProvider = clock,
            Hours = FakeMarketHours.NewYork,
            HasTrades = trades,
            HasQuotes = quotes,
            Delay = TimeSpan.FromMinutes(delayMinutes),
            Holidays = [new FakeHoliday(new DateOnly(2026, 11, 26), "Thanksgiving"), new FakeHoliday(new DateOnly(2026, 11, 27), "Thanksgiving", new TimeOnly(13, 0))],
        };
        await using FakeMassive massive = await FakeMassive.StartAsync(options);
        using HttpClient http = new() { BaseAddress = massive.RestAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        int judged = 0;
        // Empty, before the open, in the session, over the night, and the next day.
        await Judge();
        massive.SetPreviousDay("AXSM", new FakeDayBar(150.5m, 161m, 149m, 160m, 5000, 155.5m));
        Publish();
        await Judge();
        clock.Advance(TimeSpan.FromHours(2));
        Publish();
        await Judge(mustBeWhole: trades && quotes);
        clock.Advance(TimeSpan.FromHours(14));
        await Judge();
        clock.Advance(TimeSpan.FromHours(8));
        Publish();
        await Judge();
        Assert.Equal(MassiveDescription.RestOrSkip(_output, MassiveDescription.Now) is null ? 0 : 5 * 4, judged);

        void Publish()
        {
            massive.Publish(new FakeQuote("AXSM", 157.4m, 2, 157.6m, 3));
            massive.Publish(new FakeTrade("AXSM", 157.5m, 33) { Conditions = [12, 37] });
            massive.Publish(new FakeTrade("DJT", 18.1m, 100));
        }

        async Task Judge(bool mustBeWhole = false)
        {
            foreach ((string path, string named) in new[]
            {
                (MassiveDescription.Tickers, MassiveDescription.Tickers),
                ($"{MassiveDescription.Tickers}/AXSM", $"{MassiveDescription.Tickers}/{{stocksTicker}}"),
                (MassiveDescription.Now, MassiveDescription.Now),
                (MassiveDescription.Upcoming, MassiveDescription.Upcoming),
            })
            {
                if (MassiveDescription.RestOrSkip(_output, named) is not { } content)
                    return;
                judged++;
                using HttpResponseMessage response = await http.GetAsync(new Uri(path, UriKind.Relative));
                using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
                if (!response.IsSuccessStatusCode)
                {
                    // One ticker that has not traded.
                    Assert.Equal((404, named), ((int)response.StatusCode, $"{MassiveDescription.Tickers}/{{stocksTicker}}"));
                    continue;
                }

                Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
                Assert.Empty(MassiveSchema.Validate(answer.RootElement, content.GetProperty("schema")));
                if (mustBeWhole)
                    Assert.Empty(Names(content.GetProperty("example")).Except(Names(answer.RootElement)));
            }
        }
    }

    [Fact]
    public async Task Every_event_keeps_its_schema_and_holds_what_the_example_holds()
    {
        FakeTimeProvider clock = new(Start);
        await using FakeMassive massive = await FakeMassive.StartAsync(new FakeMassiveOptions { ApiKey = Key, TimeProvider = clock, FlushInterval = TimeSpan.Zero });
        using ClientWebSocket socket = new();
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        await socket.ConnectAsync(massive.SocketAddress, patience.Token);
        await Send($$"""{"action":"auth","params":"{{Key}}"}""");
        await Send("""{"action":"subscribe","params":"T.*,Q.*,A.*,AM.*"}""");
        Dictionary<string, JsonElement> whole = [];
        HashSet<string> subscribed = [];
        while (subscribed.Count < 4)
            await Take();
        massive.Publish(new FakeTrade("AXSM", 157.5m, 33));
        massive.Publish(new FakeTrade("AXSM", 157.5m, 33) { Conditions = [12, 37] });
        massive.Publish(new FakeQuote("AXSM", 157.4m, 2, 157.6m, 3));
        clock.Advance(TimeSpan.FromSeconds(1));
        clock.Advance(TimeSpan.FromSeconds(59));
        while (whole.Count < 4)
            await Take();
        foreach ((string ev, JsonElement happened) in whole)
        {
            if (MassiveDescription.StreamOrSkip(_output, ev) is { } content)
                Assert.Empty(Names(content.GetProperty("example")).Except(Names(happened)));
        }

        Task Send(string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, patience.Token);

        async Task Take()
        {
            byte[] buffer = new byte[64 * 1024];
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            Assert.Equal((WebSocketMessageType.Text, true), (part.MessageType, part.EndOfMessage));
            using JsonDocument message = JsonDocument.Parse(buffer.AsMemory(0, part.Count));
            foreach (JsonElement happened in message.RootElement.EnumerateArray())
            {
                string ev = happened.GetProperty("ev").GetString()!;
                if (ev == "status")
                {
                    Assert.Equal(["ev", "status", "message"], happened.EnumerateObject().Select(p => p.Name));
                    if (happened.GetProperty("status").GetString() == "success")
                        subscribed.Add(happened.GetProperty("message").GetString()!);
                    continue;
                }

                if (MassiveDescription.StreamOrSkip(_output, ev) is { } content)
                    Assert.Empty(MassiveSchema.Validate(happened, content.GetProperty("schema")));
                // Of trades the one with everything: conditions are left out where there are none.
                if (ev != "T" || happened.TryGetProperty("c", out _))
                    whole[ev] = happened.Clone();
            }
        }
    }

    // The names of all properties, with where they are; places in arrays do not matter.
    private static IEnumerable<string> Names(JsonElement value, string place = "$") => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(p => Names(p.Value, $"{place}.{p.Name}").Prepend($"{place}.{p.Name}")),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Names(item, $"{place}[]")).Distinct(),
        _ => [],
    };
}

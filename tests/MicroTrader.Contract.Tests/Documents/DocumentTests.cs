using System.Globalization;
using System.Text.RegularExpressions;
using MicroTrader.Simulators.Paper;
using MicroTrader.Trading212;
using Xunit.Abstractions;

namespace MicroTrader.Contract.Tests;

/// <summary>docs/trading212.md says what is so.</summary>
public partial class DocumentTests
{
    private readonly ITestOutputHelper _output;

    public DocumentTests(ITestOutputHelper output) => _output = output;

    private static string Page => File.ReadAllText(Checkout.PathOf("docs/trading212.md")).ReplaceLineEndings("\n");

    [Fact]
    public void The_page_has_the_example_word_for_word()
    {
        string source = File.ReadAllText(Checkout.PathOf("tests/MicroTrader.Contract.Tests/Documents/LibraryExample.cs")).ReplaceLineEndings("\n");
        int start = source.IndexOf("// <example>\n", StringComparison.Ordinal) + "// <example>\n".Length;
        int end = source.IndexOf("    // </example>", StringComparison.Ordinal);
        // One step to the left, as a page has it.
        string example = string.Join('\n', source[start..end].Split('\n').Select(line => line.StartsWith("    ", StringComparison.Ordinal) ? line[4..] : line));
        Assert.Contains($"```csharp\n{example}```", Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_example_buys_a_share()
    {
        await using PaperBed bed = await PaperBed.StartAsync(options => options with { FillDelay = TimeSpan.Zero });
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);
        Task<string> run = LibraryExample.BuyOneShareAsync(bed.Broker.BaseAddress, PaperBed.Key, PaperBed.Secret, PaperBed.Ticker);
        string said = await run;
        // Whether the fill is in the history already is the venue's pace.
        Assert.True(said == "bought 1 at 100 for 100.00 USD" || said.EndsWith("ask again", StringComparison.Ordinal), said);
        bed.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1m, Assert.Single(bed.Broker.ReadLedger().Holdings).Quantity);
    }

    [Fact]
    public async Task The_example_says_why_it_did_not()
    {
        await using PaperBed bed = await PaperBed.StartAsync(options => options with { StartingCash = 10m });
        bed.Broker.PutPrice(PaperBed.Ticker, 100m);
        string refused = await LibraryExample.BuyOneShareAsync(bed.Broker.BaseAddress, PaperBed.Key, PaperBed.Secret, PaperBed.Ticker);
        Assert.Equal($"the venue refuses: {ProblemReason.InsufficientFreeForStocksBuy}, Insufficient free funds to buy the equities", refused);
        bed.Broker.Faults.Next(PaperEndpoint.PlaceMarketOrder, PaperFault.LostAnswer);
        string unknown = await LibraryExample.BuyOneShareAsync(bed.Broker.BaseAddress, PaperBed.Key, PaperBed.Secret, PaperBed.Ticker);
        Assert.StartsWith("there may be an order", unknown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_pages_limits_are_the_descriptions()
    {
        if (ApiDescription.OrSkip(_output) is not { } api)
            return;
        Dictionary<string, ApiLimit> written = Row().Matches(Page).ToDictionary(
            match => match.Groups["operation"].Value,
            match => new ApiLimit(int.Parse(match.Groups["n"].ValueSpan, CultureInfo.InvariantCulture), int.Parse(match.Groups["s"].ValueSpan, CultureInfo.InvariantCulture)));
        Assert.Equal(
            api.InScope.Select(operation => $"{operation} {operation.Limit}").Order(StringComparer.Ordinal),
            written.Select(pair => $"{pair.Key.Replace(" ", " /api/v0/equity/", StringComparison.Ordinal)} {pair.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_page_names_every_call_of_the_client()
    {
        IEnumerable<string> missing = ClientCalls.All.Select(call => call.Method).Distinct().Where(method => !Page.Contains($"`{method}`", StringComparison.Ordinal));
        Assert.Empty(missing);
        Assert.All(Row().Matches(Page).AsEnumerable(), row => Assert.Contains(row.Groups["call"].Value, ClientCalls.All.Select(call => call.Method)));
    }

    [Fact]
    public async Task The_page_says_which_endpoints_the_paper_broker_has()
    {
        await using PaperBed bed = await PaperBed.StartAsync();
        using PaperCaller caller = new(bed, []);
        foreach ((string method, string path, string? body) in Probes.Valid)
        {
            PaperExchange exchange = await caller.SendAsync(method, path.Replace(Probes.PendingId, "1", StringComparison.Ordinal), body);
            string operation = $"{method} {path.Replace(Probes.PendingId, "{id}", StringComparison.Ordinal)}";
            Match row = Row().Matches(Page).Single(match => match.Groups["operation"].Value == operation);
            Assert.Equal((operation, exchange.IsUnknownEndpoint ? "no" : "yes"), (operation, row.Groups["paper"].Value));
        }
    }

    // | `GET positions` | 1 per 1 s | `GetPositionsAsync` | yes |
    [GeneratedRegex(@"^\| `(?<operation>(?:GET|POST|DELETE) [a-z_/{}]+)` \| (?<n>\d+) per (?<s>\d+) s \| `(?<call>\w+)`[^|]* \| (?<paper>yes|no) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
